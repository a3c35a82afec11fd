import type { Charge, RateLimit } from '../../ports/charge.js';
import type { MarketType } from './listing.js';

/** The kinds of question a provider asks. */
export type Endpoint =
  | 'markets'
  | 'time'
  | 'tickers'
  | 'bidsAsks'
  | 'candles'
  | 'orderBook'
  | 'trades';

/** One question, as far as its price depends on it. */
export interface Question {
  /** `other` is whatever the owner of the exchange asks besides. */
  readonly endpoint: Endpoint | 'other';
  /** Rows or levels asked for. */
  readonly rows?: number;
  /** What ccxt says the request costs, in its own unit. */
  readonly ccxtCost?: number;
}

/** What ccxt does not say of an exchange. */
export interface ExchangeFacts {
  /** What a question costs. The first charge is of the limit that an exchange's "too many requests" speaks of. */
  charges(question: Question): readonly Charge[];
  /** Most candles in one answer about the present, and in one about the past. */
  readonly candleRows: { readonly recent: number; readonly past: number };
  /** How many requests a listing takes; one where it does not say. */
  readonly listing?: Readonly<Partial<Record<MarketType, number>>>;
  /** Types of market whose tickers come without bid and ask, which then are asked for besides. */
  readonly bareTickers?: readonly MarketType[];
  /** Depths of book that may be asked for, ascending; the exchange's own choice where empty. */
  readonly bookDepths: readonly number[];
}

const SECOND = 1_000;
const MINUTE = 60_000;

/** Weights up to a number of rows. */
type Steps = readonly (readonly [rows: number, weight: number])[];

/** Limits of one address, as the exchanges' documentation has them. */
const KNOWN: Readonly<Record<string, (name: string) => ExchangeFacts>> = {
  // 20 a second for each endpoint and 6,000 a minute in all; trades 10 a second.
  bitget: (name) => ({
    charges: ({ endpoint }) => [
      charge(`${name}/${endpoint}`, 20, SECOND, endpoint === 'trades' ? 2 : 1),
      charge(name, 6_000, MINUTE, 1),
    ],
    candleRows: { recent: 1_000, past: 200 },
    // Six kinds of contract; spot has a list of what can be lent besides.
    listing: { swap: 6, spot: 2 },
    bookDepths: [5, 15, 50],
  }),
  // 6,000 weight a minute.
  binance: (name) => ({
    charges: weighed(name, 6_000, MINUTE, {
      markets: 20,
      tickers: 80,
      bidsAsks: 4,
      candles: 2,
      orderBook: [
        [100, 5],
        [500, 25],
        [1_000, 50],
      ],
      trades: 4,
    }),
    candleRows: { recent: 1_000, past: 1_000 },
    bookDepths: [5, 10, 20, 50, 100, 500, 1_000],
  }),
  // 2,400 weight a minute.
  binanceusdm: (name) => ({
    charges: weighed(name, 2_400, MINUTE, {
      tickers: 40,
      bidsAsks: 5,
      candles: [
        [99, 1],
        [499, 2],
        [1_000, 5],
      ],
      orderBook: [
        [50, 2],
        [100, 5],
        [500, 10],
        [1_000, 20],
      ],
      trades: 20,
    }),
    candleRows: { recent: 1_000, past: 1_000 },
    bareTickers: ['swap'],
    bookDepths: [5, 10, 20, 50, 100, 500, 1_000],
  }),
  // 600 requests in 5 seconds.
  bybit: (name) => ({
    charges: () => [charge(name, 600, 5 * SECOND, 1)],
    candleRows: { recent: 1_000, past: 1_000 },
    bookDepths: [],
  }),
  // 40 in 2 seconds for candles and books, 20 for lists, each endpoint for itself.
  okx: (name) => ({
    charges: ({ endpoint }) => [
      charge(`${name}/${endpoint}`, 20, 2 * SECOND, OKX_HALF.has(endpoint) ? 0.5 : 1),
    ],
    candleRows: { recent: 300, past: 100 },
    bookDepths: [],
  }),
  // About one candle request a second; the newest 720 candles and nothing before.
  kraken: (name) => ({
    charges: () => [charge(name, 1.25, SECOND, 1)],
    candleRows: { recent: 720, past: 720 },
    bookDepths: [],
  }),
};

const OKX_HALF: ReadonlySet<Question['endpoint']> = new Set(['candles', 'orderBook', 'trades']);

/**
 * What is known of an exchange.
 *
 * @param rateLimitMs - ccxt's pause between two requests of cost 1, which is what an unknown exchange is held to.
 * @param name - Names its limits; two exchanges of one kind behind different addresses have different limits.
 */
export function factsOf(id: string, rateLimitMs: number, name: string): ExchangeFacts {
  const known = Object.hasOwn(KNOWN, id) ? KNOWN[id] : undefined;
  return known?.(name) ?? unknownExchange(name, rateLimitMs);
}

/** The depth to ask for: the shallowest that holds `depth` levels, or the deepest there is. */
export function askedDepth({ bookDepths }: ExchangeFacts, depth: number): number | undefined {
  return bookDepths.find((possible) => possible >= depth) ?? bookDepths.at(-1);
}

function unknownExchange(name: string, rateLimitMs: number): ExchangeFacts {
  return {
    charges: ({ ccxtCost = 1 }) => [charge(name, SECOND / rateLimitMs, SECOND, ccxtCost)],
    candleRows: { recent: 500, past: 500 },
    bookDepths: [],
  };
}

function weighed(
  name: string,
  weight: number,
  perMs: number,
  weights: Readonly<Partial<Record<Question['endpoint'], number | Steps>>>,
): ExchangeFacts['charges'] {
  return ({ endpoint, rows = 0 }) => {
    const known = weights[endpoint] ?? 1;
    const cost =
      typeof known === 'number'
        ? known
        : (known.find(([most]) => rows <= most) ?? known[known.length - 1])[1];
    return [charge(name, weight, perMs, cost)];
  };
}

function charge(name: string, weight: number, perMs: number, cost: number): Charge {
  const limit: RateLimit = { name, weight, perMs };
  return { limit, weight: cost };
}
