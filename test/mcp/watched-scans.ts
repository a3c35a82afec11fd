import type { McpScorer } from '../../src/mcp/scorer/mcp-scorer.js';
import type { ScanReport } from '../../src/scanner/scan-report.js';
import { scannerWith } from './market.js';

const SAMPLE_MS = 5;

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
 * Other work on the machine is none either. So lateness is told by the order in which timers fire, and a pause counts only as far as
 * this process used the processor in it.
 */
export class WatchedScans {
  readonly #scanner = scannerWith({
    id: 'watched',
    review: (signals, options) => this.#review(signals, options),
  });
  readonly #mostMs: number;
  #scorer: McpScorer | undefined;
  #isLate = false;
  #longestPauseMs = 0;
  #lateness: NodeJS.Timeout | undefined;

  constructor(mostMs: number) {
    this.#mostMs = mostMs;
  }

  async scan(scorer?: McpScorer): Promise<WatchedScan> {
    this.#scorer = scorer;
    this.#isLate = false;
    this.#longestPauseMs = 0;
    const report = await this.#scanner.scan();
    clearTimeout(this.#lateness);
    return { report, isLate: this.#isLate, longestPauseMs: this.#longestPauseMs };
  }

  close(): Promise<void> {
    return this.#scanner.close();
  }

  async #review(...review: Parameters<McpScorer['review']>): ReturnType<McpScorer['review']> {
    if (this.#scorer === undefined) return new Map();
    this.#lateness = setTimeout(() => {
      this.#isLate = true;
    }, this.#mostMs);
    const sampler = this.#samplePauses();
    try {
      return await this.#scorer.review(...review);
    } finally {
      clearInterval(sampler);
    }
  }

  #samplePauses(): NodeJS.Timeout {
    let before = performance.now();
    let used = process.cpuUsage();
    return setInterval(() => {
      const { user, system } = process.cpuUsage(used);
      const pauseMs = Math.min(performance.now() - before - SAMPLE_MS, (user + system) / 1_000);
      this.#longestPauseMs = Math.max(this.#longestPauseMs, pauseMs);
      before = performance.now();
      used = process.cpuUsage();
    }, SAMPLE_MS);
  }
}
