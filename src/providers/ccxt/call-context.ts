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
  /** Whether its body was larger than any answer to the question is. */
  readonly isTooLarge?: boolean;
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

const MOST_BYTES = 8 * 2 ** 20;
/** The listing of a large exchange alone is over ten megabytes. */
const MOST_LISTING_BYTES = 64 * 2 ** 20;
const PROXY_SETTINGS = ['httpProxy', 'httpsProxy', 'socksProxy', 'agent', 'httpsAgent'];

function hasProxy(exchange: CcxtLike): boolean {
  const settings = exchange as unknown as Readonly<Record<string, unknown>>;
  return PROXY_SETTINGS.some((name) => Boolean(settings[name]));
}

// ccxt gives up on a request whose headers do not come; one whose body stalls it would keep for ever, with its socket.
async function abortableFetch(url: string, init: RequestInit): Promise<Response> {
  const context = contexts.getStore();
  const signals = [init.signal, context?.signal].filter((signal) => signal != null);
  const response = await fetch(url, {
    ...init,
    redirect: 'error',
    signal: AbortSignal.any(signals),
  });
  return context === undefined ? response : bounded(response, context);
}

/** The same answer, whose body ends with an error where it is too large: it is counted as it comes, unpacked. */
function bounded(response: Response, context: CallContext): Response {
  const { body, status, statusText, headers } = response;
  if (body === null) return response;
  const most = context.question.endpoint === 'markets' ? MOST_LISTING_BYTES : MOST_BYTES;
  let bytes = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes <= most) return controller.enqueue(chunk);
      context.answer = { ...readAnswer(status, Object.fromEntries(headers)), isTooLarge: true };
      throw new ScannerError('bad_data', `an answer must be at most ${most} bytes, was larger`);
    },
  });
  return new Response(body.pipeThrough(counting), { status, statusText, headers });
}

/** A firewall's page and an empty body come with status 200, too, and ccxt would make an empty list of them. */
function requireJson(body: unknown): void {
  const text = typeof body === 'string' ? body.trimStart() : '';
  if (text.startsWith('{') || text.startsWith('[')) return;
  throw new ScannerError('bad_data', `an answer must be JSON, was ${quote(body)}`);
}

function readAnswer(status: number, headers: unknown): HttpAnswer {
  const all = Object.entries((headers ?? {}) as Readonly<Record<string, unknown>>);
  const header = (wanted: string): unknown =>
    all.find(([name]) => name.toLowerCase() === wanted)?.[1];
  const retryAfterMs = waitOf(header('retry-after'), header('date'));
  return { status, retryAfterMs: retryAfterMs > 0 ? retryAfterMs : undefined };
}

/** Seconds, or a moment by the server's own clock, which its answer tells. */
function waitOf(retryAfter: unknown, date: unknown): number {
  const seconds = Number(retryAfter ?? Number.NaN);
  if (!Number.isNaN(seconds)) return seconds * 1000;
  return Date.parse(String(retryAfter)) - Date.parse(String(date));
}
