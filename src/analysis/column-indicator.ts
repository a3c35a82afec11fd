import { oneValue } from './block.js';
import type { Indicator } from './indicator.js';

/**
 * An indicator from numbers to numbers, written once, as a loop over a block of steps whose state lives in local variables
 * while it runs. A single step is a block of one: stream and batch are the same code, and give the same bits.
 */
export abstract class ColumnIndicator implements Indicator {
  abstract readonly lookback: number;

  /**
   * Takes `count` steps, one at least: reads the beginning of `values` and writes the beginning of `out`, which may be the
   * same column. However a series is cut into blocks, its outputs are the same.
   */
  abstract advance(values: Float64Array, out: Float64Array, count: number): void;

  next(value: number): number {
    const cell = oneValue(value);
    this.advance(cell, cell, 1);
    return cell[0];
  }
}
