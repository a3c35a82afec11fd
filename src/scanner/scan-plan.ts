import { timeToSpend } from '../parallel/rate-pace.js';
import type { RateLimit } from '../ports/charge.js';
import type { DataProvider } from '../ports/data-provider.js';
import type { PlannedPass, PlannedQuestion, PlannedRequests } from '../ports/request-plan.js';
import type { DataNeed } from '../scoring/factor.js';
import type { ScannerConfig } from './config.js';
import { candleWindow } from './window.js';

/** What one scan will ask of its source. */
export interface PassPlan {
  /** How many requests it takes in all. */
  readonly requests: number;
  /** How many of each kind, in the order they are asked. */
  readonly byKind: readonly { readonly kind: string; readonly requests: number }[];
  /** What it spends of each limit, the one that takes longest first; empty for a source without limits. */
  readonly limits: readonly PlannedLimit[];
  /** How long the requests take in all, in milliseconds: what the limits demand, or the round trips where those take longer. */
  readonly expectedMs: number;
}

/** What a scan spends of one limit. */
export interface PlannedLimit {
  readonly limit: RateLimit;
  /** In the limit's own unit: requests at some exchanges, weights at others. */
  readonly weight: number;
  /** How long it takes to spend so much, within the share of the limit that is spent, in milliseconds. */
  readonly spentMs: number;
}

/** What a scan will cost, before it runs. */
export interface ScanPlan {
  /** The moment it was made for, epoch milliseconds. */
  readonly asOf: number;
  /** How many symbols are left to analyse by the rules of the universe. */
  readonly symbols: number;
  /** The first scan of a process that knows nothing yet. */
  readonly first: PassPlan;
  /** Each scan after it, an interval later. */
  readonly repeated: PassPlan;
}

/** How a scan is planned. */
export interface PlanInput {
  readonly provider: DataProvider;
  readonly config: ScannerConfig;
  readonly needs: ReadonlySet<DataNeed>;
  readonly symbols: number;
  readonly asOf: number;
  /** How long one request takes there and back. */
  readonly roundTripMs: number;
}

/** What is asked for all symbols at once, one after the other. */
const LISTS: ReadonlySet<string> = new Set(['time', 'markets', 'tickers']);

/** What the scans of so many symbols will cost. */
export function planScan(input: PlanInput): ScanPlan {
  const { symbols, asOf } = input;
  const questions = questionsOf(input);
  return {
    asOf,
    symbols,
    first: planPass(input, questions, 'first'),
    repeated: planPass(input, questions, 'repeated'),
  };
}

function questionsOf({ config, needs, symbols, asOf, provider }: PlanInput): PlannedQuestion[] {
  const { timeframes, candleLimit, orderBookDepth, tradeLimit } = config;
  const has = (need: DataNeed, method: keyof DataProvider): boolean =>
    needs.has(need) && provider[method] !== undefined;
  return [
    { kind: 'time', times: provider.fetchTime === undefined ? 0 : 1 },
    { kind: 'markets', times: 1 },
    { kind: 'tickers', times: 1 },
    ...timeframes.map((timeframe): PlannedQuestion => {
      const rows = candleWindow(timeframe, candleLimit, asOf).count;
      return { kind: 'candles', times: symbols, rows, timeframe };
    }),
    {
      kind: 'orderBook',
      times: has('orderBook', 'fetchOrderBook') ? symbols : 0,
      rows: orderBookDepth,
    },
    { kind: 'trades', times: has('trades', 'fetchTrades') ? symbols : 0, rows: tradeLimit },
  ];
}

function planPass(
  { provider, config, symbols, roundTripMs }: PlanInput,
  questions: readonly PlannedQuestion[],
  pass: PlannedPass,
): PassPlan {
  const planned = provider.planRequests?.(questions, pass) ?? questions.map(unlimited);
  const limits = spending(planned);
  const counts = new Map<string, number>();
  for (const { kind, requests } of planned) {
    if (requests > 0) counts.set(kind, (counts.get(kind) ?? 0) + requests);
  }
  const byKind = Array.from(counts, ([kind, requests]) => ({ kind, requests }));
  const lists = byKind.filter(({ kind }) => LISTS.has(kind)).length;
  const turns = byKind.length > lists ? Math.ceil(symbols / config.concurrency) : 0;
  return {
    requests: byKind.reduce((sum, { requests }) => sum + requests, 0),
    byKind,
    limits,
    expectedMs: lists * roundTripMs + Math.max(turns * roundTripMs, limits[0]?.spentMs ?? 0),
  };
}

function unlimited({ kind, times }: PlannedQuestion): PlannedRequests {
  return { kind, requests: times, charges: [] };
}

function spending(planned: readonly PlannedRequests[]): readonly PlannedLimit[] {
  const spent = new Map<string, { readonly limit: RateLimit; weight: number }>();
  for (const { limit, weight } of planned.flatMap(({ charges }) => charges)) {
    const entry = spent.get(limit.name) ?? { limit, weight: 0 };
    entry.weight += weight;
    spent.set(limit.name, entry);
  }
  return Array.from(spent.values(), ({ limit, weight }) => ({
    limit,
    weight,
    spentMs: timeToSpend(limit, weight),
  })).sort((a, b) => b.spentMs - a.spentMs || b.weight - a.weight);
}
