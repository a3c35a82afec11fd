import { ScannerError } from '../../errors.js';
import type { ScanBatch } from '../../scanner/scan-batch.js';
import type { SymbolResult } from '../../scanner/symbol-scanner.js';
import { decodeResults } from './fleet-result.js';

/** How BullMQ says that a batch lost its workers again and again. */
const STALLED = /stalled more than/;

/** One scan under way in a fleet: what came back, each batch once however often it is told. */
export class FleetScan {
  readonly id: string;
  readonly #left: Map<string, ScanBatch>;
  readonly #deliver: (result: SymbolResult) => void;
  #fault: ScannerError | undefined;
  #settle: () => void = () => {};
  /** Resolves when no batch is waited for any more. */
  readonly settled: Promise<void>;

  constructor(batches: readonly ScanBatch[], deliver: (result: SymbolResult) => void) {
    this.id = batches[0].scanId;
    this.#left = new Map(batches.map((batch) => [jobIdOf(batch), batch]));
    this.#deliver = deliver;
    this.settled = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** Jobs of batches that have neither come back nor failed. */
  get waiting(): readonly string[] {
    return [...this.#left.keys()];
  }

  /** Why batches came back without results; `undefined` while all is well. */
  get fault(): ScannerError | undefined {
    return this.#fault;
  }

  /** Takes what a worker returned for a job; a job of another scan, or one that was told before, is passed over. */
  complete(jobId: string, returned: unknown): void {
    const batch = this.#take(jobId);
    if (batch === undefined) return;
    try {
      for (const result of decodeResults(returned, batch)) this.#deliver(result);
    } catch (error) {
      if (!ScannerError.is(error)) throw error;
      this.#fault = error;
    }
  }

  /** Takes the failure of a job after its last attempt. */
  fail(jobId: string, reason: string): void {
    const batch = this.#take(jobId);
    if (batch === undefined) return;
    const error = new ScannerError('network', `a batch failed in the fleet: ${reason}`);
    // What has brought down worker after worker is not tried in this process too.
    if (STALLED.test(reason)) this.#giveUp(batch, error);
    else this.#fault = error;
  }

  #giveUp({ candidates }: ScanBatch, error: ScannerError): void {
    for (const { market } of candidates) {
      this.#deliver({ symbol: market.symbol, scored: undefined, error });
    }
  }

  #take(jobId: string): ScanBatch | undefined {
    const batch = this.#left.get(jobId);
    this.#left.delete(jobId);
    if (this.#left.size === 0) this.#settle();
    return batch;
  }
}

/** The job of a batch, unique to its scan. */
export function jobIdOf({ scanId, index }: ScanBatch): string {
  return `${scanId}-${index}`;
}
