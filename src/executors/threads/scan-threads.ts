import { MessageChannel } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import { ScannerError } from '../../errors.js';
import { LinkedSignal } from '../../parallel/linked-signal.js';
import type { BatchOptions } from '../../ports/batch-executor.js';
import type { ScanBatch } from '../../scanner/scan-batch.js';
import type { SymbolResult } from '../../scanner/symbol-scanner.js';
import { unpackError, unpackResult } from '../remote/packed-result.js';
import type { ThreadMessage, ThreadScannerSpec, ThreadTask } from './thread-task.js';
import { Watchdog } from './watchdog.js';

/** What is asked of threads. */
export interface ScanThreadsOptions extends ThreadScannerSpec {
  readonly stuckAfterMs?: number | undefined;
}

/** A thread's own time limits end a slow symbol; only what they cannot end is later than this. */
const GRACE_MS = 1_000;

/** What an attempt left undone, and why. */
interface Remainder {
  readonly candidates: ScanBatch['candidates'];
  readonly cause: ScannerError;
}

/** Hands batches to a pool of threads and outlives what happens to them there. */
export class ScanThreads {
  readonly #pool: Piscina;
  readonly #spec: ThreadScannerSpec;
  readonly #stuckAfterMs: number | undefined;

  constructor(pool: Piscina, { source, factors, stuckAfterMs }: ScanThreadsOptions) {
    this.#pool = pool;
    this.#spec = { source, factors };
    this.#stuckAfterMs = stuckAfterMs;
  }

  /**
   * Delivers each symbol of a batch. Symbols whose thread was lost are tried once more, each alone: the guilty one is lost again,
   * the others were only beside it.
   *
   * @throws ScannerError `config` when threads cannot work at all; `aborted`.
   */
  async scan(batch: ScanBatch, options: BatchOptions<SymbolResult>): Promise<void> {
    const lost = await this.#attempt(batch, options);
    await Promise.all(
      lost.candidates.map(async (candidate) => {
        const alone = await this.#attempt({ ...batch, candidates: [candidate] }, options);
        if (alone.candidates.length === 0) return;
        const { symbol } = candidate.market;
        const { code, message } = alone.cause;
        const error = new ScannerError(code, `${symbol} ${message}`, { symbol });
        options.deliver({ symbol, scored: undefined, error });
      }),
    );
  }

  async #attempt(
    batch: ScanBatch,
    { signal, deliver }: BatchOptions<SymbolResult>,
  ): Promise<Remainder> {
    const left = new Map(batch.candidates.map((each) => [each.market.symbol, each]));
    const link = new LinkedSignal([signal]);
    const stuckAfterMs = this.#stuckAfterMs ?? batch.config.symbolTimeoutMs + GRACE_MS;
    const stuck = new ScannerError('timeout', `kept its thread busy for ${stuckAfterMs} ms`);
    const watchdog = new Watchdog(stuckAfterMs, () => link.abort(stuck));
    const { port1, port2 } = new MessageChannel();
    let fault: ScannerError | undefined;
    port1.on('message', (message: ThreadMessage) => {
      watchdog.pet();
      if (message.kind === 'fault') fault = unpackError(message.error);
      if (message.kind !== 'result') return;
      const result = unpackResult(message.result, batch);
      if (result !== undefined && left.delete(result.symbol)) deliver(result);
    });
    // A port closes after its last message was read, whether the thread closed its end or died with it.
    const closed = new Promise<void>((resolve) => port1.once('close', resolve));
    const task: ThreadTask = { batch, spec: this.#spec, port: port2 };
    try {
      await this.#pool.run(task, { signal: link.signal, transferList: [port2] });
    } catch (error) {
      if (signal?.aborted) throw error;
      fault ??= link.signal.aborted ? stuck : threadLost(error);
    } finally {
      watchdog.stop();
      link.release();
      // A task that no thread took up still has its end here.
      port2.close();
      await closed;
    }
    if (fault?.code === 'config') throw fault;
    return { candidates: [...left.values()], cause: fault ?? threadLost(undefined) };
  }
}

function threadLost(cause: unknown): ScannerError {
  const why = cause instanceof Error ? cause.message : 'without a word';
  return new ScannerError('unsupported', `ended its thread: ${why}`, { cause });
}
