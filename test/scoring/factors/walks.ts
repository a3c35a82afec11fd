import { regimeReading } from '../../../src/analysis/regime/regime-reading.js';
import { readTimeframe } from '../../../src/analysis/timeframe-reader.js';
import { logVolumeProfile } from '../../../src/analysis/volume-profile/volume-profile.js';
import { CandleSeries } from '../../../src/market/candle-series.js';
import { resample } from '../../../src/market/resample.js';
import type { Timeframe } from '../../../src/market/timeframe.js';
import type { DataNeed, FactorInput } from '../../../src/scoring/factor.js';
import { input } from './readings.js';

const TIMEFRAMES: readonly Timeframe[] = ['5m', '15m', '1h', '4h'];
const PLAN: Timeframe = '1h';
const WINDOW = 300;

/** How many five-minute candles it takes to fill every window. */
export const FIVE_MINUTE_CANDLES: number = WINDOW * 48 + 96;

/** What factors see of a market with these five-minute candles: real readings, profile and regime on four timeframes. */
export function seenFrom(fiveMinutes: CandleSeries): FactorInput<DataNeed> {
  const candles = new Map(
    TIMEFRAMES.map((to) => [to, resample(fiveMinutes, '5m', to).slice(-WINDOW)]),
  );
  const readings = new Map([...candles].map(([to, series]) => [to, readTimeframe(series)]));
  const plan = candles.get(PLAN) ?? CandleSeries.empty();
  const atr = readings.get(PLAN)?.atr ?? Number.NaN;
  return input({
    timeframes: TIMEFRAMES,
    planTimeframe: PLAN,
    candles,
    readings,
    volumeProfile: logVolumeProfile(plan, { binSize: atr > 0 ? atr / 4 : 0.001 }),
    regime: regimeReading(plan),
  });
}
