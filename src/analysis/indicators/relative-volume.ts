import { fold } from '../block.js';
import { ColumnIndicator } from '../column-indicator.js';
import { RollingSum } from '../rolling/rolling-sum.js';

/**
 * Newest volume over the mean of the `length` before it: 1 is an ordinary candle. `NaN` where nothing traded before, for then
 * there is nothing to compare with.
 */
export class RelativeVolume extends ColumnIndicator {
  readonly lookback: number;
  readonly #sum: RollingSum;
  #before: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 20) {
    super();
    this.#sum = new RollingSum(length);
    this.lookback = length;
  }

  advance(volume: Float64Array, out: Float64Array, count: number): void {
    const sum = this.#sum;
    const length = this.lookback;
    let before = this.#before;
    for (let i = 0; i < count; i++) {
      const newest = volume[i];
      out[i] = before === 0 ? Number.NaN : newest / before;
      before = sum.next(newest) / length;
    }
    this.#before = before;
  }
}

/** {@link RelativeVolume} folded over a column: as long as its input, `NaN` for the first `length` entries. */
export function relativeVolume(volume: Float64Array, length = 20): Float64Array {
  return fold(new RelativeVolume(length), volume.length, volume, new Float64Array(volume.length));
}
