import type { Indicator } from '../indicator.js';
import { Wilder } from './wilder.js';

/**
 * Wilder's relative strength index: the share of recent movement that was upward, 0 to 100; 50 in a market that has not
 * moved.
 *
 * `100 * gain / (gain + loss)`, both smoothed by {@link Wilder}.
 */
export class Rsi implements Indicator {
  readonly lookback: number;
  readonly #gain: Wilder;
  readonly #loss: Wilder;
  #previous: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 14) {
    this.#gain = new Wilder(length);
    this.#loss = new Wilder(length);
    this.lookback = length;
  }

  next(close: number): number {
    const change = close - this.#previous;
    this.#previous = close;
    const gain = this.#gain.next(Math.max(change, 0));
    const movement = gain + this.#loss.next(Math.max(-change, 0));
    return movement === 0 ? 50 : (100 * gain) / movement;
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
