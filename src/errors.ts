/** Why a call failed, as a closed list that callers switch on. */
export type ScannerErrorCode =
  | 'config'
  | 'network'
  | 'rate_limit'
  | 'timeout'
  | 'aborted'
  | 'unknown_symbol'
  | 'unsupported'
  | 'bad_data'
  | 'insufficient_data'
  | 'ai_scorer';

/** What a {@link ScannerError} can carry besides its code and message. */
export interface ScannerErrorOptions {
  /** The error underneath, kept for debugging. */
  readonly cause?: unknown;
  /** The market the error speaks of. */
  readonly symbol?: string | undefined;
}

const RETRYABLE: ReadonlySet<ScannerErrorCode> = new Set(['network', 'rate_limit', 'timeout']);

// A registered symbol rather than `instanceof`: the ESM and the CJS copy of this class can meet in one process.
const BRAND: symbol = Symbol.for('enhanced-market-scanner.ScannerError');

/**
 * The only error this library throws. Messages say what was expected and what was found.
 *
 * @example
 * ```ts
 * import { ScannerError } from 'enhanced-market-scanner';
 *
 * const error = new ScannerError('timeout', 'no answer within 5000 ms', { symbol: 'BTC/USDT' });
 * console.log(error.code, error.retryable); // timeout true
 * ```
 */
export class ScannerError extends Error {
  readonly code: ScannerErrorCode;
  readonly symbol: string | undefined;

  constructor(code: ScannerErrorCode, message: string, options: ScannerErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'ScannerError';
    this.code = code;
    this.symbol = options.symbol;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Whether the same call may succeed later. */
  get retryable(): boolean {
    return RETRYABLE.has(this.code);
  }

  /** True for any copy of the class, whichever module system loaded it. */
  static is(error: unknown): error is ScannerError {
    return typeof error === 'object' && error !== null && BRAND in error;
  }

  /** The part of an error that belongs in a report: no stack, no cause. */
  toJSON(): { code: ScannerErrorCode; message: string; retryable: boolean; symbol?: string } {
    const { code, message, retryable, symbol } = this;
    return symbol === undefined
      ? { code, message, retryable }
      : { code, message, retryable, symbol };
  }
}

/** The most of a foreign value that a message quotes: enough to recognise it, too little to flood a log. */
const QUOTED_LENGTH = 80;

/**
 * A foreign value as a message may quote it: on one line, without control characters, cut at 80 characters.
 *
 * @param value - Anything; objects are named by their type, not printed.
 */
export function quote(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return 'array';
  if (typeof value !== 'string') return value === null ? 'null' : typeof value;
  const line = value.replace(
    /[\p{Cc}\p{Cf}]/gu,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return line.length > QUOTED_LENGTH ? `"${line.slice(0, QUOTED_LENGTH)}…"` : `"${line}"`;
}
