import type { Timeframe } from '../../../market/timeframe.js';
import { SnapshotCandles } from './snapshot-candles.js';
import { StreamHub } from './stream-hub.js';
import type { StreamLineOptions } from './stream-line.js';
import { streamsHistory } from './subscribe.js';

/** Rows of a snapshot: as many as Bitget begins a subscription with. */
const SNAPSHOT_ROWS = 1_000;
/** Who has not got a snapshot by then asks for the candles. */
const SNAPSHOT_MS = 3_000;
/** Where no snapshot came, none is waited for again for so long. */
const SNAPSHOT_PAUSE_MS = 20_000;

/** Long series of candles, from what a subscription to them begins with. */
export class CandleSnapshots {
  readonly #options: Omit<StreamLineOptions, 'keptRows'>;
  readonly #hub: StreamHub;
  /** When a snapshot last failed to come, by the timers; -Infinity once one has come. */
  #missedAt = Number.NEGATIVE_INFINITY;

  constructor(options: Omit<StreamLineOptions, 'keptRows'>) {
    this.#options = options;
    this.#hub = new StreamHub({ ...options, keptRows: SNAPSHOT_ROWS });
  }

  /** The rows that a subscription begins with, oldest first, the forming candle last; `undefined` where none come in time. */
  async take(symbol: string, timeframe: Timeframe): Promise<readonly unknown[] | undefined> {
    const { timers, exchange } = this.#options;
    const isPaused = timers.elapsed() - this.#missedAt < SNAPSHOT_PAUSE_MS;
    if (isPaused || !streamsHistory(exchange)) return undefined;
    return new Promise((resolve) => {
      const end = (rows: readonly unknown[] | undefined): void => {
        this.#missedAt = rows === undefined ? timers.elapsed() : Number.NEGATIVE_INFINITY;
        cancelTimer();
        this.#hub.remove(channel);
        resolve(rows);
      };
      const channel = new SnapshotCandles(symbol, timeframe, end);
      const cancelTimer = timers.after(SNAPSHOT_MS, () => end(undefined));
      if (!this.#hub.add(channel)) end(undefined);
    });
  }

  /** Whether a series of so many candles comes with a subscription to them. */
  holds(rows: number): boolean {
    return rows < SNAPSHOT_ROWS && streamsHistory(this.#options.exchange);
  }

  close(): void {
    this.#hub.close();
  }
}
