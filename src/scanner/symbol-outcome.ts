import type { ScannerError } from '../errors.js';
import type { Rejection } from '../scoring/rejection.js';
import type { MarketSignal } from '../scoring/signal.js';
import type { SymbolResult } from './symbol-scanner.js';

/** One symbol's result, in the order symbols finish: a signal before it is ranked, a rejection, or a failure. */
export type SymbolOutcome =
  | {
      readonly ok: true;
      readonly symbol: string;
      /** With its base score: the AI scorer and the caps of the portfolio speak when all symbols are known. */
      readonly signal: MarketSignal;
      readonly rejection: undefined;
    }
  | {
      readonly ok: true;
      readonly symbol: string;
      readonly signal: undefined;
      readonly rejection: Rejection;
    }
  | { readonly ok: false; readonly symbol: string; readonly error: ScannerError };

/** A result as a caller of `scanEach` meets it. */
export function outcomeOf({ symbol, scored, error }: SymbolResult): SymbolOutcome {
  if (error !== undefined) return { ok: false, symbol, error };
  return scored.kind === 'signal'
    ? { ok: true, symbol, signal: scored.signal, rejection: undefined }
    : { ok: true, symbol, signal: undefined, rejection: scored.rejection };
}
