import { ScannerError, type ScannerErrorCode } from '../../errors.js';
import type { HttpAnswer } from './call-context.js';

/** What a failed request means, and what is done about it. */
export interface Verdict {
  readonly code: ScannerErrorCode;
  /** How often the request may be tried again. */
  readonly retries: number;
  /** Whether it speaks of the exchange as a whole, so that several in a row mean it is down. */
  readonly isOutage?: boolean;
  /** The whole exchange is left alone for so long. */
  readonly stopMs?: number;
  /** The limit is left alone: for as long as the exchange says, or a time that doubles. */
  readonly isTooMany?: boolean;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const REFUSED: Verdict = { code: 'bad_data', retries: 0 };
const ODD: Verdict = { code: 'bad_data', retries: 1 };
const DOWN: Verdict = { code: 'network', retries: 2, isOutage: true };
const TIMEOUT: Verdict = { code: 'timeout', retries: 2, isOutage: true };
const TOO_MANY: Verdict = { code: 'rate_limit', retries: 2, isTooMany: true };

/**
 * By the names of ccxt's classes, most special first. Names, because two copies of ccxt in one process have two classes of each
 * name, and `instanceof` knows one of them.
 */
const BY_CLASS: Readonly<Record<string, Verdict>> = {
  OnMaintenance: { code: 'network', retries: 0, stopMs: MINUTE },
  DDoSProtection: TOO_MANY,
  RateLimitExceeded: TOO_MANY,
  RequestTimeout: TIMEOUT,
  InvalidNonce: { code: 'network', retries: 1 },
  ExchangeNotAvailable: DOWN,
  NetworkError: DOWN,
  BadSymbol: { code: 'unknown_symbol', retries: 0 },
  AuthenticationError: { code: 'config', retries: 0 },
  NotSupported: { code: 'unsupported', retries: 0 },
  BadResponse: ODD,
  NullResponse: ODD,
  ExchangeError: REFUSED,
};

/** An exchange that bans, a firewall, a country: asking again makes it worse. */
const BY_STATUS: Readonly<Record<number, Verdict>> = {
  403: { code: 'network', retries: 0, stopMs: 10 * MINUTE },
  451: { code: 'network', retries: 0, stopMs: 10 * MINUTE },
  418: { code: 'rate_limit', retries: 0, stopMs: 2 * MINUTE },
  429: TOO_MANY,
  404: { code: 'unsupported', retries: 0 },
};

/** Codes of exchanges that pass by themselves: Bitget's "try again" and "service abnormal". */
const TRANSIENT = /"code":"(40725|45001)"/;

/** What an error of ccxt, or one of ours about its answer, means. */
export function verdictOn(error: unknown, answer: HttpAnswer | undefined): Verdict {
  if (ScannerError.is(error)) return verdictOnOurs(error.code, answer);
  const byStatus = answer === undefined ? undefined : BY_STATUS[answer.status];
  if (byStatus !== undefined) {
    const stopMs = Math.max(byStatus.stopMs ?? 0, answer?.retryAfterMs ?? 0);
    return byStatus.stopMs === undefined ? byStatus : { ...byStatus, stopMs };
  }
  if (error instanceof Error && TRANSIENT.test(error.message)) return ODD;
  for (const name of classNames(error)) {
    if (Object.hasOwn(BY_CLASS, name)) return BY_CLASS[name];
  }
  // What is no error of ccxt's was thrown by its parser, over an answer of a shape it did not expect.
  return ODD;
}

function verdictOnOurs(code: ScannerErrorCode, answer: HttpAnswer | undefined): Verdict {
  if (answer?.isTooLarge) return REFUSED;
  if (code === 'bad_data') return ODD;
  return code === 'timeout' ? TIMEOUT : { code, retries: 0 };
}

function* classNames(error: unknown): Generator<string> {
  for (
    let at: unknown = error;
    typeof at === 'object' && at !== null;
    at = Object.getPrototypeOf(at)
  ) {
    const { name } = (at as { constructor?: { name?: unknown } }).constructor ?? {};
    if (typeof name === 'string') yield name;
  }
}
