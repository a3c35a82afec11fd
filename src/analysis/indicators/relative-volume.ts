import { BLOCK, fold } from '../block.js';
import { ColumnIndicator } from '../column-indicator.js';
import { Sma } from './sma.js';

const MEANS = new Float64Array(BLOCK);

/**
 * Newest volume over the mean of the `length` before it: 1 is an ordinary candle. `NaN` where nothing traded before, for then
 * there is nothing to compare with.
 */
export class RelativeVolume extends ColumnIndicator {
  readonly lookback: number;
  readonly #average: Sma;
  #before: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 20) {
    super();
    this.#average = new Sma(length);
    this.lookback = length;
  }

  advance(volume: Float64Array, out: Float64Array, count: number): void {
    this.#average.advance(volume, MEANS, count);
    let before = this.#before;
    for (let i = 0; i < count; i++) {
      out[i] = before === 0 ? Number.NaN : volume[i] / before;
      before = MEANS[i];
    }
    this.#before = before;
  }
}

/** {@link RelativeVolume} folded over a column: as long as its input, `NaN` for the first `length` entries. */
export function relativeVolume(volume: Float64Array, length = 20): Float64Array {
  return fold(new RelativeVolume(length), volume.length, volume, new Float64Array(volume.length));
}
