import { type Candles, indexAt } from './candle-folder.js';
import type { BarrierLine, RangeLine, TouchLine } from './event-line.js';

/** How a position ended by the candles, and what it brought before costs. */
export interface Ending {
  readonly outcome: 'target' | 'stop' | 'timeout';
  readonly grossReturn: number;
}

/** Enters at the first open after the decision; a candle that touches both is a stop; a gap fills at the open. */
export function endingOf(candles: Candles, line: BarrierLine): Ending {
  const [from, to] = span(candles, line);
  return line.side === 'long'
    ? endingOfLong(candles, line, from, to)
    : endingOfShort(candles, line, from, to);
}

// Written out twice: an outcome that a reader can follow is worth more here than a line saved.
function endingOfLong(candles: Candles, line: BarrierLine, from: number, to: number): Ending {
  const { open, high, low, close } = candles;
  const entry = open[from];
  const target = entry * (1 + line.target);
  const stop = entry * (1 - line.stop);
  const bring = (price: number): number => price / entry - 1;
  for (let i = from; i < to; i++) {
    if (low[i] <= stop) return { outcome: 'stop', grossReturn: bring(Math.min(stop, open[i])) };
    if (high[i] >= target) {
      return { outcome: 'target', grossReturn: bring(Math.max(target, open[i])) };
    }
  }
  return { outcome: 'timeout', grossReturn: bring(close[to - 1]) };
}

function endingOfShort(candles: Candles, line: BarrierLine, from: number, to: number): Ending {
  const { open, high, low, close } = candles;
  const entry = open[from];
  const target = entry * (1 - line.target);
  const stop = entry * (1 + line.stop);
  const bring = (price: number): number => 1 - price / entry;
  for (let i = from; i < to; i++) {
    if (high[i] >= stop) return { outcome: 'stop', grossReturn: bring(Math.max(stop, open[i])) };
    if (low[i] <= target) {
      return { outcome: 'target', grossReturn: bring(Math.min(target, open[i])) };
    }
  }
  return { outcome: 'timeout', grossReturn: bring(close[to - 1]) };
}

/** Whether a high or low reached the level, counted from the last close at the moment of the decision. */
export function isTouched(candles: Candles, line: TouchLine): boolean {
  const [from, to] = span(candles, line);
  const last = candles.close[from - 1];
  const level = last * (line.side === 'up' ? 1 + line.level : 1 - line.level);
  for (let i = from; i < to; i++) {
    if (line.side === 'up' ? candles.high[i] >= level : candles.low[i] <= level) return true;
  }
  return false;
}

/** `ln(highest high / lowest low)` and the sum of squared log returns of the closes. */
export function moveOf(candles: Candles, line: RangeLine): { range: number; variance: number } {
  const [from, to] = span(candles, line);
  let highest = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let variance = 0;
  for (let i = from; i < to; i++) {
    highest = Math.max(highest, candles.high[i]);
    lowest = Math.min(lowest, candles.low[i]);
    variance += Math.log(candles.close[i] / candles.close[i - 1]) ** 2;
  }
  return { range: Math.log(highest / lowest), variance };
}

/** The candles that open at or after the decision and close within the horizon; the end is exclusive. */
function span(
  candles: Candles,
  { time, horizonMs }: { readonly time: number; readonly horizonMs: number },
): readonly [from: number, to: number] {
  return [indexAt(candles, time), indexAt(candles, time + horizonMs - candles.ms + 1)];
}
