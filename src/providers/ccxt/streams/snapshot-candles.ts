import type { Timeframe } from '../../../market/timeframe.js';
import type { Channel, Topic } from './channel.js';
import type { StreamView } from './stream-view.js';

/** The rows that a subscription to candles begins with. */
export class SnapshotCandles implements Channel {
  readonly topic: Extract<Topic, { readonly kind: 'candles' }>;
  readonly symbol: string;
  readonly #deliver: (rows: readonly unknown[] | undefined) => void;

  /** @param deliver - Gets the rows, oldest first; `undefined` when the connection broke. */
  constructor(
    symbol: string,
    timeframe: Timeframe,
    deliver: (rows: readonly unknown[] | undefined) => void,
  ) {
    this.symbol = symbol;
    this.topic = { kind: 'candles', timeframe };
    this.#deliver = deliver;
  }

  read(view: StreamView): void {
    const rows = view.ohlcvs[this.symbol]?.[this.topic.timeframe];
    if (rows !== undefined) this.#deliver([...rows]);
  }

  lost(): void {
    this.#deliver(undefined);
  }

  refused(): void {
    this.#deliver(undefined);
  }
}
