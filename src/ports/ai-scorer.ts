import type { CandleSeries } from '../market/candle-series.js';
import type { Timeframe } from '../market/timeframe.js';
import type { AiMode, AiOpinion, MarketSignal } from '../scoring/signal.js';
import type { RequestOptions } from './data-provider.js';

/** What a review may be based on besides the signals. */
export interface AiReviewOptions extends RequestOptions {
  /** The moment the signals speak of, epoch milliseconds. */
  readonly asOf?: number | undefined;
  /** The timeframe of `candles`, which is that of the plans. */
  readonly timeframe?: Timeframe | undefined;
  /** Closed candles by symbol, as far as the source has them. */
  readonly candles?: ReadonlyMap<string, CandleSeries> | undefined;
}

/**
 * Gives a second opinion on ranked signals. Symbols absent from the answer keep their base score.
 *
 * An object literal will do. What it says moves a score within bounds and nothing else, whatever it is; a scorer that rejects, or
 * is late, leaves base scores. `checkAiScorer` from `enhanced-market-scanner/testing` proves one by the contract ours pass.
 *
 * @example
 * ```ts
 * import type { AiScorer } from 'enhanced-market-scanner';
 *
 * const cautious: AiScorer = {
 *   id: 'cautious',
 *   review: async (signals) =>
 *     new Map(
 *       signals
 *         .filter(({ riskLevel }) => riskLevel === 'extreme')
 *         .map(({ symbol }) => [symbol, { adjustment: -1, confidence: 0.5, rationale: 'too wild' }]),
 *     ),
 * };
 * ```
 */
export interface AiScorer {
  readonly id: string;
  /** What its opinions may do. @defaultValue 'bounded' */
  readonly mode?: AiMode | undefined;
  review(
    signals: readonly MarketSignal[],
    options?: AiReviewOptions,
  ): Promise<ReadonlyMap<string, AiOpinion>>;
  /** Connects anew at once to what it asks, without waiting out the pauses it keeps; rejects when that fails. */
  reconnect?(options?: RequestOptions): Promise<void>;
  /** Frees what the scorer holds. */
  close?(): Promise<void>;
}
