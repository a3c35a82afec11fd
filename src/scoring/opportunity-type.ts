import type { MarketPhase } from '../analysis/regime/market-phase.js';
import type { TimeframeReadings } from '../analysis/timeframe-reader.js';
import type { Timeframe } from '../market/timeframe.js';
import type { Direction, OpportunityType } from './signal.js';

/** What {@link opportunityType} reads. */
export interface OpportunityInput {
  readonly direction: Direction;
  readonly readings: ReadonlyMap<Timeframe, TimeframeReadings>;
  readonly planTimeframe: Timeframe;
  readonly phase: MarketPhase;
}

// In random-walk units: a trend worth the name.
const TREND = 1;
const SURGE = 3;
const OUTSIDE_BANDS = 1;
const RANGING_EFFICIENCY = 0.25;

/**
 * What kind of chance a signal is, by the readings of the plan timeframe, seen in the signal's direction. The first that holds:
 *
 * 1. `breakout`: the close is beyond its Bollinger band and there was no trend that way before (under 1 random-walk unit).
 * 2. `pullback`: a trend that way, with price on the wrong side of its 20-candle average.
 * 3. `trend-continuation`: a trend that way.
 * 4. `reversal`: a trend the other way, or a phase that ends one (accumulation for a long, distribution for a short).
 * 5. `volume-surge`: at least three times the usual volume.
 * 6. `range`: the 20-candle efficiency ratio is below 0.25.
 * 7. `none`: nothing of this, no direction, or no readings.
 *
 * A reading that is still warming up meets no condition.
 */
export function opportunityType(input: OpportunityInput): OpportunityType {
  const { direction, readings, planTimeframe, phase } = input;
  const reading = readings.get(planTimeframe);
  if (direction === 'neutral' || reading === undefined) return 'none';
  const side = direction === 'long' ? 1 : -1;
  const turning = phase === (direction === 'long' ? 'accumulation' : 'distribution');
  return withTrend(reading, side) ?? (turning ? 'reversal' : withoutTrend(reading, side));
}

function withTrend(reading: TimeframeReadings, side: 1 | -1): OpportunityType | undefined {
  const trend = side * reading.trendStrength;
  if (side * reading.bandPosition >= OUTSIDE_BANDS && trend < TREND) return 'breakout';
  if (trend < TREND || Number.isNaN(trend)) return undefined;
  return side * reading.emaDistance20 < 0 ? 'pullback' : 'trend-continuation';
}

function withoutTrend(reading: TimeframeReadings, side: 1 | -1): OpportunityType {
  if (side * reading.trendStrength <= -TREND) return 'reversal';
  if (reading.relativeVolume >= SURGE) return 'volume-surge';
  return Math.abs(reading.efficiency) < RANGING_EFFICIENCY ? 'range' : 'none';
}
