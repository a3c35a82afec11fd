import type { Candle } from '../../src/market/candle-series.js';
import type { OrderBook } from '../../src/market/order-book.js';
import type { Timeframe } from '../../src/market/timeframe.js';

/** A stream of one market: its candles, or its book of so many levels. */
export type StreamTopic =
  | { readonly kind: 'candles'; readonly id: string; readonly timeframe: Timeframe }
  | { readonly kind: 'book'; readonly id: string; readonly levels: number };

/** What a message of a client asks for. */
export type StreamRequest =
  | { readonly kind: 'ping'; readonly answer: string }
  | {
      readonly kind: 'subscribe';
      readonly topics: readonly StreamTopic[];
      readonly answers: readonly object[];
    };

/** How one exchange speaks over websockets. */
export interface StreamDialect {
  /** Rows of candles that come with a subscription. */
  readonly snapshotRows: number;
  read(text: string): StreamRequest;
  /** What is said instead of an answer that takes a subscription, where its market is refused. */
  refusal?(answer: object, refused: ReadonlySet<string>): object | undefined;
  candles(topic: StreamTopic, rows: readonly Candle[], isFirst: boolean): readonly object[];
  book(topic: StreamTopic, book: OrderBook): object;
}
