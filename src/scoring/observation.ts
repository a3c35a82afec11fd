import type { MarketRegime } from '../analysis/regime/market-regime.js';
import { type VolumeTrend, volumeTrend } from '../analysis/volume-profile/volume-trend.js';
import { timeframeMs } from '../market/timeframe.js';
import type { Judgement, ScoringInput } from './judgement.js';
import type { Voice } from './voices.js';

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

/** A trend reading weaker than this is no trend. */
const TREND_BIAS = 0.1;

/** What one scanned symbol tells about the market as a whole, whether or not it became a signal. */
export interface MarketObservation {
  readonly symbol: string;
  /** Whether its data is fit to be listened to; the summary counts the others and leaves them out. */
  readonly sound: boolean;
  /** -1 to +1. */
  readonly bias: number;
  readonly trendDirection: 'up' | 'down' | 'neutral';
  /** Realised volatility of the plan timeframe, annualised, as a fraction. */
  readonly annualVolatility: number | undefined;
  /** The newest 24 hours' volume against that of the 24 before; `undefined` where no timeframe's candles hold both. */
  readonly volumeTrend: VolumeTrend | undefined;
  readonly quoteVolume24h: number | undefined;
  readonly regime: MarketRegime;
}

/** Reads a judgement as an observation of the whole market. */
export function observe(judgement: Judgement): MarketObservation {
  const { snapshot } = judgement.input;
  return {
    symbol: snapshot.market.symbol,
    sound: judgement.quality.miss === undefined,
    bias: judgement.composite.bias,
    trendDirection: trendOf(judgement.voices).direction,
    annualVolatility: annualVolatility(judgement),
    volumeTrend: dailyVolumeTrend(judgement.input),
    quoteVolume24h: snapshot.ticker.quoteVolume24h,
    regime: snapshot.regime?.regime ?? 'undetermined',
  };
}

/** The trend factor's reading; neutral and without strength where it abstained or was not asked. */
export function trendOf(voices: readonly Voice[]): {
  readonly direction: 'up' | 'down' | 'neutral';
  readonly strength: number;
} {
  const bias = voices.find(({ factor }) => factor.id === 'trend')?.reading?.bias ?? 0;
  const strength = Math.abs(bias);
  if (strength < TREND_BIAS) return { direction: 'neutral', strength };
  return { direction: bias > 0 ? 'up' : 'down', strength };
}

/** Realised volatility of the plan timeframe over a year of 365 days; `undefined` while it warms up. */
export function annualVolatility({ readings, input }: Judgement): number | undefined {
  if (readings === undefined || Number.isNaN(readings.volatility)) return undefined;
  return readings.volatility * Math.sqrt(YEAR_MS / timeframeMs(input.settings.planTimeframe));
}

// Trading follows the hour of the day, so only like hours compare: whole days, by the shortest timeframe that holds two.
function dailyVolumeTrend({ snapshot, timeframes }: ScoringInput): VolumeTrend | undefined {
  for (const timeframe of timeframes) {
    const volume = snapshot.candles?.get(timeframe)?.volume;
    const length = DAY_MS / timeframeMs(timeframe);
    if (volume && length >= 1 && volume.length >= 2 * length)
      return volumeTrend(volume, { length });
  }
  return undefined;
}
