import { candleOpen } from '../../market/timeframe.js';
import { inShard } from '../../parallel/shard.js';
import type { Logger } from '../../ports/logger.js';
import { type CandleQuestion, seriesName } from './known-candles.js';

/** One fold in so many is fetched instead, and compared. */
const AUDIT_SHARE = 50;
/** At the full hour hundreds of series fold a candle at once; so many audits are enough for one minute. */
const MOST_IN_A_MINUTE = 10;

/** Which folds are checked against the source, and whose are not believed any more. */
export class FoldAudit {
  readonly #logger: Logger;
  /** Series that the source makes in another way than by folding. */
  readonly #distrusted = new Set<string>();
  #minute = Number.NaN;
  #made = 0;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  trusts(question: CandleQuestion): boolean {
    return !this.#distrusted.has(seriesName(question));
  }

  /** Whether a fold is to be fetched instead. By the name and time of the candle, not by chance: the same history has the same audits. */
  isDue(question: CandleQuestion): boolean {
    const { timeframe, asOf } = question;
    const name = `${seriesName(question)} ${candleOpen(asOf, timeframe)}`;
    if (!inShard(name, { index: 0, count: AUDIT_SHARE })) return false;
    const minute = candleOpen(asOf, '1m');
    if (minute !== this.#minute) this.#made = 0;
    this.#minute = minute;
    return ++this.#made <= MOST_IN_A_MINUTE;
  }

  /** The source's candles are no folds: of this series none is folded any more. */
  distrust(question: CandleQuestion): void {
    const { symbol, timeframe } = question;
    this.#distrusted.add(seriesName(question));
    this.#logger.warn('candles of the source are no folds of its shorter ones', {
      symbol,
      timeframe,
    });
  }
}
