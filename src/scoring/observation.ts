import type { MarketRegime } from '../analysis/regime/market-regime.js';
import { timeframeMs } from '../market/timeframe.js';
import type { Judgement } from './judgement.js';
import type { Voice } from './voices.js';

const YEAR_MS = 365 * 86_400_000;

/** A trend reading weaker than this is no trend. */
const TREND_BIAS = 0.1;

/** Newest volume over its mean: above the first volume is rising, below the second falling. */
const RISING_VOLUME = 1.2;
const FALLING_VOLUME = 0.8;

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
  readonly volumeTrend: 'rising' | 'falling' | 'steady' | undefined;
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
    volumeTrend: volumeTrend(judgement.readings?.relativeVolume),
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

function volumeTrend(relativeVolume = Number.NaN): MarketObservation['volumeTrend'] {
  if (Number.isNaN(relativeVolume)) return undefined;
  if (relativeVolume > RISING_VOLUME) return 'rising';
  return relativeVolume < FALLING_VOLUME ? 'falling' : 'steady';
}
