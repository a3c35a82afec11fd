import type { AiVerdict, MarketSignal } from '../scoring/signal.js';
import type { RequestOptions } from './data-provider.js';

/** Reviews ranked signals. Symbols absent from the answer keep their base score. */
export interface AiScorer {
  readonly id: string;
  review(
    signals: readonly MarketSignal[],
    options?: RequestOptions,
  ): Promise<ReadonlyMap<string, AiVerdict>>;
  close?(): Promise<void>;
}
