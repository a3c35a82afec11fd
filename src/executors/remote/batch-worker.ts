import { ScannerError } from '../../errors.js';
import { limiter } from '../../parallel/bounded-map.js';
import { systemTimers } from '../../parallel/system-timers.js';
import type { BatchOptions } from '../../ports/batch-executor.js';
import type { DataProvider } from '../../ports/data-provider.js';
import { silentLogger } from '../../ports/logger.js';
import { BatchScanner } from '../../scanner/batch-scanner.js';
import type { ScanBatch } from '../../scanner/scan-batch.js';
import type { SymbolResult } from '../../scanner/symbol-scanner.js';
import type { Factor } from '../../scoring/factor.js';

/** How many scanners, each with what it has read, a worker keeps: one for each set of settings it was last given. */
const MOST_SCANNERS = 4;

/** What a worker scans with. */
export interface BatchWorkerOptions {
  /** Opens a source by its name. */
  readonly open: (source: string) => Promise<DataProvider>;
  readonly factors: readonly Factor[];
}

/** Works through batches far from the scanner that cut them; what it has read stays warm between scans. */
export class BatchWorker {
  readonly #options: BatchWorkerOptions;
  readonly #providers = new Map<string, Promise<DataProvider>>();
  readonly #scanners = new Map<string, BatchScanner>();

  constructor(options: BatchWorkerOptions) {
    this.#options = options;
  }

  /**
   * Delivers each symbol of a batch once.
   *
   * @param source - The name of the batch's source.
   * @throws ScannerError `config` when source or factors are not those of the batch's scanner; `aborted`.
   */
  async scan(batch: ScanBatch, source: string, options: BatchOptions<SymbolResult>): Promise<void> {
    const provider = await this.#provider(source);
    this.#requireSame(batch, provider);
    await this.#scanner(batch, source, provider).scan(batch, options);
  }

  /** Closes every source that was opened. */
  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#providers.values());
    await Promise.allSettled(
      opened.map((each) => (each.status === 'fulfilled' ? each.value.close?.() : undefined)),
    );
  }

  #provider(source: string): Promise<DataProvider> {
    const known = this.#providers.get(source);
    if (known !== undefined) return known;
    const opening = this.#options.open(source);
    this.#providers.set(source, opening);
    // What could not be opened now may be there the next time.
    opening.catch(() => this.#providers.delete(source));
    return opening;
  }

  #requireSame({ sourceId, factorIds }: ScanBatch, provider: DataProvider): void {
    const own = this.#options.factors.map(({ id }) => id).join(', ');
    const wanted = factorIds.join(', ');
    if (provider.id !== sourceId) {
      throw new ScannerError(
        'config',
        `a worker must have the scanner's source ${sourceId}, has ${provider.id}`,
      );
    }
    if (own !== wanted) {
      throw new ScannerError(
        'config',
        `a worker must have the scanner's factors ${wanted}, has ${own}`,
      );
    }
  }

  #scanner({ config }: ScanBatch, source: string, provider: DataProvider): BatchScanner {
    const key = JSON.stringify([source, config]);
    const { factors } = this.#options;
    const scanner =
      this.#scanners.get(key) ??
      new BatchScanner({
        provider,
        factors,
        logger: silentLogger,
        limit: limiter(config.concurrency),
        timers: systemTimers,
      });
    this.#scanners.delete(key);
    this.#scanners.set(key, scanner);
    if (this.#scanners.size > MOST_SCANNERS) {
      const [oldest] = this.#scanners.keys();
      this.#scanners.delete(oldest);
    }
    return scanner;
  }
}
