import { boundedMap, type Limiter } from '../parallel/bounded-map.js';
import type { BatchOptions } from '../ports/batch-executor.js';
import type { Timers } from '../ports/clock.js';
import { scanContenders } from './contenders.js';
import type { ScanBatch } from './scan-batch.js';
import { ScanRun } from './scan-run.js';
import { type SymbolResult, SymbolScanner, type SymbolScannerOptions } from './symbol-scanner.js';

/** What batches are worked through with. */
export interface BatchScannerOptions extends SymbolScannerOptions {
  /** Bounds how many symbols are worked on at once, over all batches together. */
  readonly limit: Limiter;
  readonly timers: Timers;
}

/** Works through batches of one scanner, in whatever process it stands. */
export class BatchScanner {
  readonly symbols: SymbolScanner;
  readonly #limit: Limiter;
  readonly #timers: Timers;

  constructor({ limit, timers, ...options }: BatchScannerOptions) {
    this.symbols = new SymbolScanner(options);
    this.#limit = limit;
    this.#timers = timers;
  }

  /** Delivers each symbol of a batch once; what goes wrong is in the results. @throws ScannerError `aborted` */
  async scan(batch: ScanBatch, { signal, deliver }: BatchOptions<SymbolResult>): Promise<void> {
    const run = new ScanRun({
      startedAt: batch.startedAt,
      elapsedMs: batch.elapsedMs,
      config: batch.config,
      timers: this.#timers,
      signals: [signal],
    });
    run.asOf = batch.asOf;
    try {
      if (batch.config.evidence === 'contenders') {
        const { isWhole = false, wantsCandles } = batch;
        // An AI scorer may lift who ranks below.
        const competes = isWhole && !wantsCandles;
        const search = { symbols: this.symbols, limit: this.#limit, run, competes, deliver };
        await scanContenders(batch.candidates, search);
        return;
      }
      const scan = async (candidate: ScanBatch['candidates'][number]): Promise<void> =>
        deliver(await this.symbols.scan(candidate, run));
      await boundedMap(batch.candidates, this.#limit, scan, run.signal);
    } finally {
      run.end();
    }
  }
}
