import type { BatchExecutor } from '../ports/batch-executor.js';
import type { ScannerConfig } from './config.js';
import type { SymbolResult } from './symbol-scanner.js';
import type { Candidate } from './universe.js';

/** A part of one scan: plain data, from which any process with the same source and factors makes the same results. */
export interface ScanBatch {
  /** Unique to the scan. */
  readonly scanId: string;
  /** The batch's place in the scan, from 0. */
  readonly index: number;
  /** When the scan began, epoch milliseconds. */
  readonly startedAt: number;
  /** How much of `config.deadlineMs` had passed when the batch was cut. */
  readonly elapsedMs: number;
  /** The moment the scan speaks of, epoch milliseconds. */
  readonly asOf: number;
  readonly config: ScannerConfig;
  /** The `id` of the scan's provider. */
  readonly sourceId: string;
  /** The `id`s of the scan's factors, in order. */
  readonly factorIds: readonly string[];
  /** Whether the candles of signals are wanted back, for the AI scorer to see. */
  readonly wantsCandles: boolean;
  /** Whether it is the whole scan, so that its candidates compete with nobody else. @defaultValue false */
  readonly isWhole?: boolean;
  readonly candidates: readonly Candidate[];
}

/** An executor of scans. */
export type ScanExecutor = BatchExecutor<ScanBatch, SymbolResult>;
