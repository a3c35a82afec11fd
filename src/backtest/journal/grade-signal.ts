import type { CandleSeries } from '../../market/candle-series.js';
import { firstTouches, type Horizon, outcomeOf } from '../labels.js';
import { priceAtLevel } from '../price-at-level.js';
import type { OutcomeEntry, SignalEntry } from './journal-entry.js';

/**
 * What became of a signal, by the candles that followed: entered at the first open, ended by whichever level is met first, a
 * candle that meets both counting as the stop, or by time.
 *
 * @param candles - The finest there are; they must reach back to the signal.
 * @returns `undefined` while nobody can know: the horizon is not over and no level was met.
 */
export function gradeSignal(
  signal: SignalEntry,
  candles: CandleSeries,
  candleMs: number,
): OutcomeEntry | undefined {
  const { id, time, horizonMs, takeProfit, stopLoss } = signal;
  const over = time + horizonMs;
  const isOver = candles.length > 0 && candles.time[candles.length - 1] + candleMs >= over;
  // Candles that come back after a gap longer than the horizon tell nothing of it.
  const horizon = { from: candles.indexAt(time), to: candles.indexAt(over - candleMs + 1) };
  if (horizon.from >= horizon.to) return isOver ? neverEntered(id, time) : undefined;
  const entry = candles.open[horizon.from];
  if (!(Math.min(takeProfit, stopLoss) < entry && entry < Math.max(takeProfit, stopLoss))) {
    return neverEntered(id, time);
  }
  const end = endOf(signal, candles, horizon);
  if (end.outcome === 'timeout' && !isOver) return undefined;
  const gross = (signal.side === 'long' ? 1 : -1) * (end.price / entry - 1);
  const endedAt = candles.time[end.at] + candleMs;
  return { kind: 'outcome', id, outcome: end.outcome, endedAt, netReturn: gross - signal.cost };
}

function endOf(
  { side, takeProfit, stopLoss }: SignalEntry,
  candles: CandleSeries,
  horizon: Horizon,
): { outcome: 'target' | 'stop' | 'timeout'; price: number; at: number } {
  const at = new Int32Array(1);
  const touch = (level: number, way: 'up' | 'down'): number => {
    firstTouches(candles, horizon, way, Float64Array.of(level), at);
    return at[0];
  };
  const target = touch(takeProfit, side === 'long' ? 'up' : 'down');
  const stop = touch(stopLoss, side === 'long' ? 'down' : 'up');
  const outcome = outcomeOf(target, stop);
  if (outcome === 'timeout') {
    const last = horizon.to - 1;
    return { outcome, price: candles.close[last], at: last };
  }
  const [level, index] = outcome === 'target' ? [takeProfit, target] : [stopLoss, stop];
  const isAbove = (outcome === 'target') === (side === 'long');
  return { outcome, price: priceAtLevel(level, candles.open[index], isAbove), at: index };
}

function neverEntered(id: string, endedAt: number): OutcomeEntry {
  return { kind: 'outcome', id, outcome: 'void', endedAt, netReturn: 0 };
}
