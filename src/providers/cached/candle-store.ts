import type { Timeframe } from '../../market/timeframe.js';
import type { KnownCandles } from './known-candles.js';

/** Which series of which source is meant. */
export interface SeriesKey {
  readonly providerId: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

/** Where candles outlive the process. It may fail in every way: a cache that fails is a cache that knows nothing. */
export interface CandleStore {
  /** What was kept, checked; `undefined` where nothing sound is there. */
  read(key: SeriesKey): Promise<KnownCandles | undefined>;
  /** Keeps a series, soon. */
  write(key: SeriesKey, known: KnownCandles): void;
  /** Forgets a series, soon. */
  remove(key: SeriesKey): void;
  /** Finishes what is being written. */
  close(): Promise<void>;
}
