import type { AiScorer } from '../../src/ports/ai-scorer.js';
import type { ScanReport } from '../../src/scanner/scan-report.js';
import { scannerWith } from './market.js';
import { PauseWatch } from './pause-watch.js';

/** A scan, and how its scorer's server held it up. */
export interface WatchedScan {
  readonly report: ScanReport;
  /** Whether the scan ended later than so long after it had asked. */
  readonly isLate: boolean;
  /** The longest time this process computed without looking up. */
  readonly longestPauseMs: number;
}

/**
 * Scans, and watches each from the moment it asks its scorer: what it does before is none of a server's doing.
 *
 * Other work on the machine is none either. So lateness is told by the order in which timers fire, and by what this process computed
 * after the last of them.
 */
export class WatchedScans {
  readonly #scanner = scannerWith({
    id: 'watched',
    review: (signals, options) => this.#review(signals, options),
  });
  readonly #mostMs: number;
  #scorer: AiScorer | undefined;
  #isLate = false;
  #longestPauseMs = 0;

  constructor(mostMs: number) {
    this.#mostMs = mostMs;
  }

  async scan(scorer?: AiScorer): Promise<WatchedScan> {
    this.#scorer = scorer;
    this.#isLate = false;
    this.#longestPauseMs = 0;
    const report = await this.#scanner.scan();
    return { report, isLate: this.#isLate, longestPauseMs: this.#longestPauseMs };
  }

  close(): Promise<void> {
    return this.#scanner.close();
  }

  async #review(...review: Parameters<AiScorer['review']>): ReturnType<AiScorer['review']> {
    if (this.#scorer === undefined) return new Map();
    const lateness = setTimeout(() => {
      this.#isLate = true;
    }, this.#mostMs);
    const watch = new PauseWatch();
    try {
      return await this.#scorer.review(...review);
    } finally {
      clearTimeout(lateness);
      const { longestPauseMs, elapsedMs } = watch.end();
      this.#longestPauseMs = longestPauseMs;
      this.#isLate ||= elapsedMs > this.#mostMs;
    }
  }
}
