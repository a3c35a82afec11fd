import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ScannerError } from '../../errors.js';
import type { ScanBatch, ScanExecutor } from '../../scanner/scan-batch.js';
import { ScanThreads } from './scan-threads.js';
import type { ThreadScannerSpec } from './thread-task.js';

/** How threads are used. */
export interface ThreadExecutorOptions extends ThreadScannerSpec {
  /** How many threads. @defaultValue one for each processor */
  readonly threads?: number | undefined;
  /** Most symbols in one batch. @defaultValue 25 */
  readonly batchSize?: number | undefined;
  /**
   * How long a thread may go without finishing a symbol before it is ended, in milliseconds.
   * @defaultValue `symbolTimeoutMs` of the scan and a second
   */
  readonly stuckAfterMs?: number | undefined;
  /** Heap of one thread in megabytes; a thread that needs more is ended. Columns of numbers lie outside it. @defaultValue 256 */
  readonly memoryMb?: number | undefined;
  /** Where `thread-worker.js` of this package lies, for a program that was bundled. @defaultValue beside this module */
  readonly workerFile?: URL | undefined;
}

const DEFAULT_BATCH_SIZE = 25;
const DEFAULT_MEMORY_MB = 256;

/**
 * Scans symbols in worker threads, so that a factor that never returns, crashes or eats the memory costs its symbol and nothing
 * else: its thread is ended and replaced, the symbols that were with it are tried once more alone, and the one that does it
 * again has failed.
 *
 * Threads do not make a live scan faster, for that waits for the network. Each thread works on `concurrency` symbols at once.
 *
 * @throws ScannerError `config` when the package piscina is not installed.
 *
 * @example
 * ```ts
 * import { EnhancedMarketScanner } from 'enhanced-market-scanner';
 * import { threadExecutor } from 'enhanced-market-scanner/parallel/threads';
 * import { syntheticProvider } from 'enhanced-market-scanner/providers';
 *
 * await using scanner = new EnhancedMarketScanner({
 *   provider: syntheticProvider({ seed: 7 }),
 *   executor: await threadExecutor({ source: 'synthetic:7', threads: 2 }),
 * });
 * ```
 */
export async function threadExecutor(options: ThreadExecutorOptions): Promise<ScanExecutor> {
  const { Piscina } = await import('piscina').catch((cause: unknown) => {
    throw new ScannerError('config', 'threads need piscina: npm install piscina', { cause });
  });
  const { threads = availableParallelism(), batchSize = DEFAULT_BATCH_SIZE } = options;
  const { workerFile = new URL('./thread-worker.js', import.meta.url) } = options;
  const pool = new Piscina({
    filename: fileURLToPath(workerFile),
    name: 'scanInThread',
    minThreads: threads,
    maxThreads: threads,
    // A provider's sockets need their thread awake between tasks.
    atomics: 'disabled',
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMb ?? DEFAULT_MEMORY_MB },
  });
  // Each task hears of its own end. What the pool says besides is of a thread that died idle, which it replaces, and of answers
  // that crossed with the abort of their task; unheard, either would end the process.
  pool.on('error', () => {});
  const scanThreads = new ScanThreads(pool, options);
  return {
    id: 'threads',
    batchCount: (symbols) => Math.max(threads, Math.ceil(symbols / batchSize)),
    async execute(batches: readonly ScanBatch[], scan) {
      await Promise.all(batches.map((batch) => scanThreads.scan(batch, scan)));
    },
    close: () => pool.destroy(),
  };
}
