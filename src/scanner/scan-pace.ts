import { candleOpen, type Timeframe, timeframeMs } from '../market/timeframe.js';
import type { Timers } from '../ports/clock.js';

/** A scan on a candle's close begins so long after it: a moment before, the candle would not be closed. */
const CLOSE_MARGIN_MS = 250;

/**
 * When the scans of a watch begin: at multiples of an interval from the first one on, or of a candle's close by the source's
 * own clock. A scan that outlasts its turn leaves out the turns it missed.
 */
export class ScanPace {
  readonly #on: Timeframe | undefined;
  readonly #intervalMs: number;
  readonly #timers: Timers;
  readonly #first: number;
  #began: number;

  /** @param on - The timeframe whose closes to follow; `undefined` for every `scanIntervalMs`. */
  constructor(on: Timeframe | undefined, scanIntervalMs: number, timers: Timers) {
    this.#on = on;
    this.#intervalMs = on === undefined ? scanIntervalMs : timeframeMs(on);
    this.#timers = timers;
    this.#first = timers.elapsed();
    this.#began = this.#first;
  }

  /** A scan begins now. */
  begin(): void {
    this.#began = this.#timers.elapsed();
  }

  /** Milliseconds until the next scan is due. @param asOf - The moment of the one that began last, epoch milliseconds. */
  untilNext(asOf: number): number {
    const on = this.#on;
    const origin =
      on === undefined ? this.#first : this.#began - asOf + candleOpen(asOf, on) + CLOSE_MARGIN_MS;
    return this.#intervalMs - ((this.#timers.elapsed() - origin) % this.#intervalMs);
  }
}
