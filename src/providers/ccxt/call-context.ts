import { AsyncLocalStorage } from 'node:async_hooks';
import { quote, ScannerError } from '../../errors.js';
import { type CcxtLike, internalsOf } from './exchange.js';
import type { Question } from './exchange-facts.js';

/** What belongs to one call of ours while it runs inside ccxt. */
export interface CallContext {
  readonly question: Question;
  /** Stops the request that is under way. */
  signal: AbortSignal | undefined;
  /** Whether the call's next request is paid for already. */
  isPaid: boolean;
  /** The newest answer over HTTP. */
  answer: HttpAnswer | undefined;
}

/** What an answer over HTTP said besides its body. */
export interface HttpAnswer {
  readonly status: number;
  /** How long the server wants to be left alone, where it says so. */
  readonly retryAfterMs: number | undefined;
}

/** Pays for a request; the context is absent when somebody else uses the exchange. */
export type Payer = (
  context: CallContext | undefined,
  ccxtCost: number | undefined,
) => Promise<void>;

// ccxt shares one object among all calls that run at once; only the asynchronous context tells which of them is speaking.
const contexts: AsyncLocalStorage<CallContext> = new AsyncLocalStorage();

/** Runs a call of ccxt's within a context. */
export function runCall<T>(context: CallContext, call: () => Promise<T>): Promise<T> {
  return contexts.run(context, call);
}

/**
 * Has an exchange pay for its requests, tell what was answered, and stop when told to. The bot that the instance belongs to
 * goes on using it, and draws on the same budget.
 */
export function hookInto(exchange: CcxtLike, pay: Payer): void {
  const internals = internalsOf(exchange);
  internals.enableRateLimit = true;
  internals.throttle = (ccxtCost) => pay(contexts.getStore(), ccxtCost);
  const original = internals.onRestResponse;
  internals.onRestResponse = function (this: unknown, ...args: unknown[]) {
    const [status, , , , headers, body] = args;
    const context = contexts.getStore();
    if (context !== undefined) {
      context.answer = readAnswer(Number(status), headers);
      if (status === 200) requireJson(body);
    }
    return original === undefined ? body : original.apply(this, args);
  };
  // An own implementation, or a proxy that ours would not know of, is the caller's and stays.
  if (internals.fetchImplementation === undefined && !hasProxy(exchange)) {
    internals.fetchImplementation = abortableFetch;
  }
}

const PROXY_SETTINGS = ['httpProxy', 'httpsProxy', 'socksProxy', 'agent', 'httpsAgent'];

function hasProxy(exchange: CcxtLike): boolean {
  const settings = exchange as unknown as Readonly<Record<string, unknown>>;
  return PROXY_SETTINGS.some((name) => Boolean(settings[name]));
}

// ccxt gives up on a request whose headers do not come; one whose body stalls it would keep for ever, with its socket.
function abortableFetch(url: string, init: RequestInit): Promise<Response> {
  const signals = [init.signal, contexts.getStore()?.signal].filter((signal) => signal != null);
  return fetch(url, { ...init, redirect: 'error', signal: AbortSignal.any(signals) });
}

/** A firewall's page and an empty body come with status 200, too, and ccxt would make an empty list of them. */
function requireJson(body: unknown): void {
  const text = typeof body === 'string' ? body.trimStart() : '';
  if (text.startsWith('{') || text.startsWith('[')) return;
  throw new ScannerError('bad_data', `an answer must be JSON, was ${quote(body)}`);
}

function readAnswer(status: number, headers: unknown): HttpAnswer {
  const all = Object.entries((headers ?? {}) as Readonly<Record<string, unknown>>);
  const retryAfter = all.find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
  const seconds = Number(retryAfter ?? Number.NaN);
  return { status, retryAfterMs: seconds > 0 ? seconds * 1000 : undefined };
}
