import type { Indicator } from '../indicator.js';
import { Wilder } from './wilder.js';

/**
 * Wilder's relative strength index: the share of recent movement that was upward, 0 to 100; 50 in a market that has not
 * moved.
 *
 * `100 * gain / (gain + loss)`, both smoothed by {@link Wilder}; written as `50 + 50 * net / movement`, which is the same
 * share, and exactly `100 - rsi` when every move is turned round.
 */
export class Rsi implements Indicator {
  readonly lookback: number;
  readonly #net: Wilder;
  readonly #movement: Wilder;
  #previous: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 14) {
    this.#net = new Wilder(length);
    this.#movement = new Wilder(length);
    this.lookback = length;
  }

  next(close: number): number {
    const change = close - this.#previous;
    this.#previous = close;
    const net = this.#net.next(change);
    const movement = this.#movement.next(Math.abs(change));
    return movement === 0 ? 50 : 50 + (50 * net) / movement;
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
  const kernel = new Rsi(length);
  const out = new Float64Array(close.length);
  for (let i = 0; i < close.length; i++) out[i] = kernel.next(close[i]);
  return out;
}
