import { ScannerError, type ScannerErrorCode } from '../errors.js';

/** What the shell learns about a run. Documented in the help of every command. */
export const EXIT = {
  /** Every symbol was scanned. */
  complete: 0,
  /** A defect of this program. */
  internal: 1,
  /** A wrong flag, value, symbol or configuration. */
  usage: 2,
  /** The scan finished, but some symbols failed. */
  partial: 3,
  /** There is no market data to read. */
  noSource: 4,
  /** Stopped by Ctrl-C before it was done. `watch` ends this way and is complete. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A refusal that is one sentence for the user and a code for the shell. */
export class Refusal extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, sentence: string) {
    super(sentence);
    this.name = 'Refusal';
    this.exitCode = exitCode;
  }
}

const USAGE_CODES: ReadonlySet<ScannerErrorCode> = new Set(['config', 'unknown_symbol']);

/**
 * The code of a run that ended in `error`. A scan rejects only on misuse or when its source cannot even list its markets;
 * the failure of one symbol is part of the report instead.
 */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof Refusal) return error.exitCode;
  if (!ScannerError.is(error)) return EXIT.internal;
  return USAGE_CODES.has(error.code) ? EXIT.usage : EXIT.noSource;
}
