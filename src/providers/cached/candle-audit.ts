import { candleOpen } from '../../market/timeframe.js';
import { inShard } from '../../parallel/shard.js';
import type { Logger } from '../../ports/logger.js';
import { type CandleQuestion, seriesName } from './known-candles.js';

/** One in so many is fetched instead, and compared. */
const AUDIT_SHARE = 50;
/** At the full hour hundreds of series fold a candle at once; so many audits are enough for one minute. */
const MOST_IN_A_MINUTE = 10;

/**
 * Which candles that were worked out, by folding or because nobody traded, are checked against the source, and in which series
 * none is believed any more.
 */
export class CandleAudit {
  readonly #logger: Logger;
  /** Series whose candles the source makes in another way. */
  readonly #distrusted = new Set<string>();
  #minute = Number.NaN;
  #made = 0;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  trusts(question: CandleQuestion): boolean {
    return !this.#distrusted.has(seriesName(question));
  }

  /** Whether a candle is to be fetched instead. By the name and time of the candle, not by chance: the same history has the same audits. */
  isDue(question: CandleQuestion): boolean {
    const { timeframe, asOf } = question;
    const name = `${seriesName(question)} ${candleOpen(asOf, timeframe)}`;
    if (!inShard(name, { index: 0, count: AUDIT_SHARE })) return false;
    const minute = candleOpen(asOf, '1m');
    if (minute !== this.#minute) this.#made = 0;
    this.#minute = minute;
    return ++this.#made <= MOST_IN_A_MINUTE;
  }

  /** The source says otherwise: of this series none is worked out any more. */
  distrust(question: CandleQuestion): void {
    const { symbol, timeframe } = question;
    this.#distrusted.add(seriesName(question));
    this.#logger.warn('the source has other candles than were worked out for it', {
      symbol,
      timeframe,
    });
  }
}
