import { quote, ScannerError } from '../../errors.js';
import type { AiScorer } from '../../ports/ai-scorer.js';

/** What a source did when it was asked once. */
export type RecordedAnswer =
  | { readonly kind: 'answer'; readonly value: unknown }
  | {
      readonly kind: 'error';
      /** The code of a `ScannerError`; `undefined` for a foreign error. */
      readonly code: string | undefined;
      readonly message: string;
      readonly symbol: string | undefined;
    }
  /** Nothing came before the one who asked stopped waiting. */
  | { readonly kind: 'silence' };

/** A question and the answers to it, in the order it was asked. */
export interface RecordedCall {
  readonly question: string;
  readonly answers: readonly RecordedAnswer[];
}

/** An AI scorer whose answers are among the recorded calls. */
export interface RecordedScorer {
  readonly id: string;
  readonly mode?: AiScorer['mode'];
}

/** Everything a scan learned from outside, as plain data. */
export interface Capsule {
  readonly format: 1;
  /** The id of the provider that was recorded. */
  readonly providerId: string;
  /** The optional questions it can be asked. */
  readonly capabilities: readonly string[];
  /** What it was recorded with, such as the version of the package. */
  readonly versions: Readonly<Record<string, string>>;
  /** Settings of the scanner, after defaults. */
  readonly config: unknown;
  /** The numbers behind every chance; `undefined` for those of the package. */
  readonly modelCard?: unknown;
  /** The symbols that were asked for; `undefined` for the filtered market. */
  readonly symbols?: readonly string[] | undefined;
  /** SHA-256 of the settings as JSON, in hexadecimal. */
  readonly configHash: string;
  /** The times the clock told, epoch milliseconds. */
  readonly clockReads: readonly number[];
  readonly calls: readonly RecordedCall[];
  /** The AI scorer that was asked; `undefined` for a scan without one. */
  readonly scorer?: RecordedScorer | undefined;
  /** How long the scan took: the one number of a report that a replay cannot reach by itself. */
  readonly durationMs: number;
}

/**
 * Reads a capsule from the text that `JSON.stringify` made of it.
 *
 * @throws ScannerError `bad_data` when it is none.
 */
export function parseCapsule(text: string): Capsule {
  const value = parsed(text);
  const isCapsule =
    typeof value === 'object' && value !== null && 'format' in value && 'calls' in value;
  if (!isCapsule || !Array.isArray(value.calls)) {
    throw new ScannerError('bad_data', `a capsule must be its JSON, was ${quote(text)}`);
  }
  if (value.format === 1) return value as Capsule;
  throw new ScannerError('bad_data', `a capsule must be of format 1, was ${quote(value.format)}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ScannerError('bad_data', `a capsule must be JSON, was ${quote(text)}`, {
      cause: error,
    });
  }
}
