import type { Timeframe } from '../../../market/timeframe.js';
import type { StreamView } from './stream-view.js';

/** What is streamed: candles of a timeframe, or whole books of a few levels. */
export type Topic =
  | { readonly kind: 'candles'; readonly timeframe: Timeframe }
  | { readonly kind: 'book' };

/** One stream of one symbol, on whichever connection. */
export interface Channel {
  readonly topic: Topic;
  readonly symbol: string;
  /** Something came on its connection: time to look whether it was for this channel. */
  read(view: StreamView): void;
  /** Its connection is gone, and with it whatever was not finished. */
  lost(): void;
  /** The exchange does not stream it, and says why. */
  refused(reason: string): void;
}

/** Levels of each side that are streamed whole with every push. */
export const STREAMED_LEVELS = 15;
