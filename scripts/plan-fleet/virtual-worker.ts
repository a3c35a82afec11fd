import { type Limiter, limiter } from '../../src/parallel/bounded-map.js';
import type { Timers } from '../../src/ports/clock.js';
import type { RateBudget } from '../../src/ports/rate-budget.js';
import { factsOf } from '../../src/providers/ccxt/exchange-facts.js';
import type { VirtualExchange } from './virtual-exchange.js';

/** What a symbol is asked of an exchange. */
export interface SymbolRequests {
  /** Candle requests of a symbol that a worker has not seen before, and of one that it has. */
  readonly cold: number;
  readonly warm: number;
  /** Whether its book and its trades are asked for, too. */
  readonly evidence: boolean;
}

/** What a worker works with. */
export interface VirtualWorkerOptions {
  readonly timers: Timers;
  readonly exchange: VirtualExchange;
  readonly exchangeId: string;
  readonly address: string;
  readonly budget: RateBudget;
  readonly requests: SymbolRequests;
  readonly concurrency: number;
}

/** The pause that a refusal asks for where the exchange does not say how long. */
const REFUSED_MS = 1_000;

/** One worker: what it asks for, in which order and how much of it at once, is as in the library; what it would compute is left out. */
export class VirtualWorker {
  readonly #options: VirtualWorkerOptions;
  readonly #limit: Limiter;
  readonly #charges: ReturnType<typeof factsOf>['charges'];
  readonly #seen = new Set<number>();

  constructor(options: VirtualWorkerOptions) {
    this.#options = options;
    this.#limit = limiter(options.concurrency);
    this.#charges = factsOf(options.exchangeId, 50, options.exchangeId).charges;
  }

  async scan(batch: readonly number[]): Promise<void> {
    await Promise.all(batch.map((symbol) => this.#limit(() => this.#scanSymbol(symbol))));
  }

  async #scanSymbol(symbol: number): Promise<void> {
    const { cold, warm, evidence } = this.#options.requests;
    const isSeen = this.#seen.has(symbol);
    this.#seen.add(symbol);
    const candles = Array.from({ length: isSeen ? warm : cold }, () => 'candles' as const);
    const all = evidence ? ([...candles, 'orderBook', 'trades'] as const) : candles;
    await Promise.all(all.map((endpoint) => this.#ask(endpoint, isSeen)));
  }

  async #ask(endpoint: 'candles' | 'orderBook' | 'trades', isSeen: boolean): Promise<void> {
    const { budget, exchange, address } = this.#options;
    const charges = this.#charges({ endpoint, rows: endpoint === 'candles' && isSeen ? 3 : 300 });
    const priority = endpoint !== 'candles' ? 'urgent' : isSeen ? 'tail' : 'fill';
    do await budget.take(charges, { priority });
    while (!(await this.#isAnswered(exchange.ask(address, charges), charges[0].limit.name)));
  }

  async #isAnswered(asking: Promise<boolean>, limitName: string): Promise<boolean> {
    const isAnswered = await asking;
    if (!isAnswered) this.#options.budget.freeze(limitName, REFUSED_MS);
    return isAnswered;
  }
}
