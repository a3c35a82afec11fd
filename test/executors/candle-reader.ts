import type { AiReviewOptions, AiScorer } from '../../src/ports/ai-scorer.js';
import type { MarketSignal } from '../../src/scoring/signal.js';

/** An AI scorer without an opinion that remembers which candles came with each signal. */
export class CandleReader implements AiScorer {
  readonly id = 'reader';
  #seen: string[] = [];

  async review(signals: readonly MarketSignal[], options?: AiReviewOptions) {
    for (const { symbol } of signals) {
      const candles = options?.candles?.get(symbol);
      this.#seen.push(`${symbol} ${candles?.length} ${candles?.close.at(-1)}`);
    }
    return new Map();
  }

  /** What was seen since it was asked last. */
  forget(): readonly string[] {
    return this.#seen.splice(0);
  }
}
