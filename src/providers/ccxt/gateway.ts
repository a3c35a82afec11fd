import { quote, ScannerError } from '../../errors.js';
import { Breaker } from '../../parallel/breaker.js';
import { type DeadlineOptions, throwIfAborted, withDeadline } from '../../parallel/deadline.js';
import { retrying } from '../../parallel/retry.js';
import type { Timers } from '../../ports/clock.js';
import type { RequestOptions } from '../../ports/data-provider.js';
import type { RateBudget, RequestPriority } from '../../ports/rate-budget.js';
import { type CallContext, type HttpAnswer, hookInto, runCall } from './call-context.js';
import type { CcxtLike } from './exchange.js';
import type { Endpoint, ExchangeFacts, Question } from './exchange-facts.js';
import { redact } from './redact.js';
import { type Verdict, verdictOn } from './verdict.js';

/** What a gateway works with. */
export interface GatewayOptions {
  readonly exchange: CcxtLike;
  readonly facts: ExchangeFacts;
  /** Names the exchange's limits and its messages. */
  readonly name: string;
  readonly budget: RateBudget;
  readonly timers: Timers;
  readonly timeoutMs: number;
  readonly random: () => number;
}

/** One call: what is asked, and how its answer is read. */
export interface Call<T> extends Question {
  readonly endpoint: Endpoint;
  readonly symbol?: string | undefined;
  readonly priority: RequestPriority;
  /** Asks, checks the answer and reads it; anything wrong with it is thrown as `bad_data`. */
  readonly ask: () => Promise<T>;
  readonly options?: RequestOptions | undefined;
}

/** Times of the usual deadline: listings are the largest answer and several requests, the time is the smallest. */
const DEADLINE_TIMES: Readonly<Partial<Record<Endpoint, number>>> = { markets: 3, time: 0.5 };
/** What is asked for, as messages name it. */
const WORDS: Readonly<Record<Endpoint, string>> = {
  markets: 'its markets',
  time: 'its time',
  tickers: 'tickers',
  bidsAsks: 'bids and asks',
  candles: 'candles',
  orderBook: 'an order book',
  trades: 'trades',
};
/** What ccxt begins a message with, where there is more to say: the exchange, the method and the address. */
const WHERE = /^\S+ [A-Z]+ https?:\S+ (?=\S)/;
/** Of ccxt's messages, which hold whole pages, so many characters are kept. */
const MOST_CAUSE = 500;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * The one way to an exchange: every request pays from the budget, has a deadline, is tried again where that may help, and
 * stops where the exchange says so. What comes out is an answer that was checked or a ScannerError without secrets.
 */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #breaker: Breaker;
  readonly #verdicts = new WeakMap<object, Verdict>();
  #pauseMs = FIRST_PAUSE_MS;

  constructor(options: GatewayOptions) {
    this.#options = options;
    const { exchange, facts, budget, timers } = options;
    this.#breaker = new Breaker({ timers, what: exchange.id });
    hookInto(exchange, async (context, ccxtCost = 1) => {
      if (context?.isPaid) {
        context.isPaid = false;
        return;
      }
      const question = { ...(context?.question ?? { endpoint: 'other' as const }), ccxtCost };
      await budget.take(facts.charges(question), {
        signal: context?.signal,
        priority: context === undefined ? 'urgent' : 'tail',
        ...(context && { patienceMs: options.timeoutMs }),
      });
    });
  }

  /** @throws ScannerError */
  async call<T>(call: Call<T>): Promise<T> {
    const { timers, random } = this.#options;
    const signal = call.options?.signal;
    const limits = this.#deadline(call);
    // The wait for the budget is the caller's to bound: a long queue is no fault of the exchange.
    await this.#pay(call, signal);
    let isPaid = true;
    const once = async (deadline: AbortSignal): Promise<T> => {
      if (!isPaid) await this.#pay(call, deadline);
      isPaid = false;
      // Half the time for one try leaves time for another.
      return this.#attempt(call, { ...limits, ms: limits.ms / 2, signal: deadline });
    };
    const retries = (error: unknown): number => this.#retries(call, error);
    return withDeadline(
      (deadline) => retrying(() => once(deadline), { timers, random, retries, signal: deadline }),
      { ...limits, signal },
    );
  }

  #deadline({ endpoint, symbol }: Call<unknown>): Omit<DeadlineOptions, 'signal'> {
    const { timers, timeoutMs, exchange } = this.#options;
    const ms = timeoutMs * (DEADLINE_TIMES[endpoint] ?? 1);
    return { ms, timers, what: `asking ${exchange.id} for ${WORDS[endpoint]}`, symbol };
  }

  async #pay(call: Call<unknown>, signal: AbortSignal | undefined): Promise<void> {
    throwIfAborted(signal);
    this.#requireWelcome(call);
    const { budget, facts, timeoutMs: patienceMs } = this.#options;
    const { priority } = call;
    try {
      await budget.take(facts.charges(call), { signal, priority, patienceMs });
    } catch (error) {
      // Who waited while the exchange began to refuse is told of that, as is who comes later.
      throwIfAborted(signal);
      this.#requireWelcome(call);
      throw error;
    }
  }

  /** @throws ScannerError while the exchange is to be left alone for longer than a call may take. */
  #requireWelcome(call: Call<unknown>): void {
    this.#breaker.refuse();
    const { timeoutMs, exchange } = this.#options;
    const left = this.#frozenFor(call);
    if (left > timeoutMs) {
      throw new ScannerError(
        'rate_limit',
        `${exchange.id} is not asked for ${Math.ceil(left / 1000)} s: it wants to be left alone`,
        { symbol: call.symbol },
      );
    }
  }

  #frozenFor(question: Question): number {
    const { facts, budget, name } = this.#options;
    const limits = [name, ...facts.charges(question).map(({ limit }) => limit.name)];
    return Math.max(...limits.map((limit) => budget.frozenFor(limit)));
  }

  #retries(call: Call<unknown>, error: unknown): number {
    const verdict = this.#verdicts.get(error as object);
    const fits = this.#frozenFor(call) < this.#options.timeoutMs / 2;
    return verdict === undefined || !fits ? 0 : verdict.retries;
  }

  async #attempt<T>(call: Call<T>, limits: DeadlineOptions): Promise<T> {
    const context: CallContext = {
      question: call,
      signal: undefined,
      isPaid: true,
      answer: undefined,
    };
    const entered = this.#breaker.enter();
    try {
      const answer = await withDeadline((signal) => {
        context.signal = signal;
        return runCall(context, call.ask);
      }, limits);
      this.#breaker.succeed(entered);
      this.#pauseMs = FIRST_PAUSE_MS;
      return answer;
    } catch (error) {
      throw this.#settle(error, call, context.answer, entered);
    }
  }

  /** Does what a failure calls for, and gives the error that tells of it. */
  #settle(
    error: unknown,
    call: Call<unknown>,
    answer: HttpAnswer | undefined,
    entered: number,
  ): ScannerError {
    const verdict = verdictOn(error, answer);
    const failure = this.#failure(error, verdict, answer, call.symbol);
    this.#verdicts.set(failure, verdict);
    const isRefused = answer !== undefined && answer.status >= 400;
    const reason = isRefused ? `it answered with HTTP ${answer.status}` : failure.message;
    if (verdict.stopMs !== undefined) {
      this.#breaker.open(verdict.stopMs, verdict.code, reason);
      this.#freezeAll(verdict.stopMs);
    } else if (verdict.isOutage) {
      this.#breaker.fail(reason, entered);
    } else {
      this.#breaker.leave(entered);
    }
    if (verdict.isTooMany) this.#pause(call, answer?.retryAfterMs);
    return failure;
  }

  #failure(
    error: unknown,
    verdict: Verdict,
    answer: HttpAnswer | undefined,
    symbol: string | undefined,
  ): ScannerError {
    const { exchange } = this.#options;
    const text = redact(error instanceof Error ? error.message : String(error), exchange);
    const what = answer === undefined ? 'could not be reached' : 'answered';
    const said = text.replace(WHERE, '');
    const message = ScannerError.is(error) ? text : `${exchange.id} ${what}: ${quote(said)}`;
    const cause = new Error(text.slice(0, MOST_CAUSE));
    if (error instanceof Error) cause.name = error.constructor.name;
    return new ScannerError(verdict.code, message, { symbol, cause });
  }

  /** A ban is of the address: no endpoint has a limit of its own then. */
  #freezeAll(ms: number): void {
    const { budget, facts, name } = this.#options;
    const endpoints = [...(Object.keys(WORDS) as Endpoint[]), 'other' as const];
    const limits = endpoints.flatMap((endpoint) => facts.charges({ endpoint }));
    for (const limit of new Set([name, ...limits.map(({ limit }) => limit.name)])) {
      budget.freeze(limit, ms);
    }
  }

  #pause(question: Question, retryAfterMs: number | undefined): void {
    const { budget, facts } = this.#options;
    budget.freeze(facts.charges(question)[0].limit.name, retryAfterMs ?? this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }
}
