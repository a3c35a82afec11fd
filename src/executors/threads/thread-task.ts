import type { MessagePort } from 'node:worker_threads';
import type { ScanBatch } from '../../scanner/scan-batch.js';
import type { ModuleExport } from '../remote/module-export.js';
import type { PackedError, PackedResult } from '../remote/packed-result.js';

/** What the scanner of a thread is made of: names, because functions do not cross into a thread. */
export interface ThreadScannerSpec {
  /** `synthetic[:SEED]`, `files:DIR`, or an export that is a provider or makes one. */
  readonly source: string | ModuleExport;
  /** The voices in a score, one export each. @defaultValue `defaultFactors` */
  readonly factors?: readonly ModuleExport[] | undefined;
}

/** What is handed to a thread. */
export interface ThreadTask {
  readonly batch: ScanBatch;
  readonly spec: ThreadScannerSpec;
  /** Results go here one by one, so that those of a thread that dies are not lost. */
  readonly port: MessagePort;
}

/** What a thread says: that it has begun, each result, or why it cannot work at all. */
export type ThreadMessage =
  | { readonly kind: 'begun' }
  | { readonly kind: 'result'; readonly result: PackedResult }
  | { readonly kind: 'fault'; readonly error: PackedError };
