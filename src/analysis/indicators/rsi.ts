import { fold } from '../block.js';
import { ColumnIndicator } from '../column-indicator.js';
import { integerParameter } from '../integer-parameter.js';

/**
 * Wilder's relative strength index: the share of recent movement that was upward, 0 to 100; 50 in a market that has not
 * moved.
 *
 * `100 * gain / (gain + loss)`, both smoothed as by `Wilder`; written as `50 + 50 * net / movement`, which is the same
 * share, and exactly `100 - rsi` when every move is turned round.
 */
export class Rsi extends ColumnIndicator {
  readonly lookback: number;
  #seeded = 0;
  #net = 0;
  #movement = 0;
  #previous: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 14) {
    super();
    this.lookback = integerParameter('length', length);
  }

  advance(close: Float64Array, out: Float64Array, count: number): void {
    const length = this.lookback;
    let previous = this.#previous;
    let seeded = this.#seeded;
    let net = this.#net;
    let movement = this.#movement;
    for (let i = 0; i < count; i++) {
      const change = close[i] - previous;
      previous = close[i];
      if (seeded < length) {
        out[i] = Number.NaN;
        if (Number.isNaN(change)) continue;
        seeded++;
      }
      const step = 1 / seeded;
      net += (change - net) * step;
      movement += (Math.abs(change) - movement) * step;
      if (seeded === length) out[i] = movement === 0 ? 50 : 50 + (50 * net) / movement;
    }
    this.#previous = previous;
    this.#seeded = seeded;
    this.#net = net;
    this.#movement = movement;
  }
}

/**
 * {@link Rsi} folded over a column: as long as its input, `NaN` for the first `length` entries.
 *
 * @example
 * ```ts
 * import { rsi } from 'enhanced-market-scanner/analysis';
 *
 * const close = Float64Array.of(44.34, 44.09, 44.15, 43.61, 44.33);
 * console.log(rsi(close, 4).at(-1)?.toFixed(2)); // 49.68
 * ```
 */
export function rsi(close: Float64Array, length = 14): Float64Array {
  return fold(new Rsi(length), close.length, close, new Float64Array(close.length));
}
