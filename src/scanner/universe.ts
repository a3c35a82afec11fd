import { quote, ScannerError } from '../errors.js';
import type { Market } from '../market/market.js';
import type { Ticker } from '../market/ticker.js';
import { inShard } from '../parallel/shard.js';
import { type Miss, type Rejection, rejectionFor } from '../scoring/rejection.js';
import type { ScannerConfig } from './config.js';
import type { Listed } from './listed-entries.js';
import type { FunnelStage, ScanFailure } from './scan-report.js';
import { MARKET_RULES, rankMiss, TICKER_RULES } from './universe-rules.js';

/** A market that passed the universe's rules, with its last 24 hours. */
export interface Candidate {
  readonly market: Market;
  readonly ticker: Ticker;
}

/** What is analysed, and why the rest is not. Every symbol of this instance's shard is in exactly one of the lists. */
export interface Universe {
  readonly candidates: readonly Candidate[];
  readonly rejections: readonly Rejection[];
  readonly failures: readonly ScanFailure[];
  readonly funnel: readonly FunnelStage[];
}

/** Markets held against the rules that need no ticker. */
export interface Listing {
  /** How many markets this instance's shard has. */
  readonly listed: number;
  /** Markets that passed, of every shard when they are to be ranked against each other. */
  readonly eligible: readonly Market[];
  readonly rejections: readonly Rejection[];
  /** Markets whose rules cannot be used. */
  readonly failures: readonly ScanFailure[];
}

/** What asking for tickers brought to light. */
export interface TickerFindings {
  readonly tickers: ReadonlyMap<string, Ticker>;
  /** Why a symbol has no usable ticker, where that is a failure. */
  readonly errors: ReadonlyMap<string, ScannerError>;
}

const NEXT_STAGE = 'the analysis';

/** Holds all markets against the rules that need no ticker. */
export function listMarkets(
  { entries, errors }: Listed<Market>,
  config: ScannerConfig,
  asOf: number,
): Listing {
  const eligible: Market[] = [];
  const rejections: Rejection[] = [];
  const failures = Array.from(errors, ([symbol, error]) => ({ symbol, error })).filter(
    ({ symbol }) => inShard(symbol, config.shard),
  );
  let listed = failures.length;
  for (const market of entries.values()) {
    const own = inShard(market.symbol, config.shard);
    if (own) listed++;
    // A rank by volume is a rank among all shards' markets, or the shards would not add up to the whole.
    if (!own && config.topByVolume === undefined) continue;
    const misses = MARKET_RULES.flatMap(({ check }) => check(market, config, asOf) ?? []);
    if (!failsAny(misses)) eligible.push(market);
    else if (own) rejections.push(rejection(market.symbol, misses, false));
  }
  return { listed, eligible, rejections, failures };
}

/** Holds the eligible markets' tickers against the rest of the rules. */
export function filterUniverse(
  listing: Listing,
  { tickers, errors }: TickerFindings,
  config: ScannerConfig,
): Universe {
  const candidates: Candidate[] = [];
  const rejections = [...listing.rejections];
  const failures = [...listing.failures];
  const ranks = config.topByVolume === undefined ? undefined : ranking(listing.eligible, tickers);
  const own = listing.eligible.filter(({ symbol }) => inShard(symbol, config.shard));
  for (const market of own) {
    const { symbol } = market;
    const ticker = tickers.get(symbol);
    const error = errors.get(symbol);
    const misses = tickerMisses(ticker, config, ranks?.get(symbol));
    if (error !== undefined) failures.push({ symbol, error });
    else if (failsAny(misses)) rejections.push(rejection(symbol, misses, true));
    else if (ticker !== undefined) candidates.push({ market, ticker });
  }
  const funnel = universeFunnel(listing.listed, rejections, failures.length);
  return { candidates, rejections, failures, funnel };
}

/** The universe of a scan that was told its symbols: no rule is held against them. */
export function askedUniverse(
  symbols: readonly string[],
  markets: Listed<Market>,
  { tickers, errors }: TickerFindings,
): Universe {
  const candidates: Candidate[] = [];
  const failures: ScanFailure[] = [];
  for (const symbol of symbols) {
    const market = markets.entries.get(symbol);
    const ticker = tickers.get(symbol);
    if (market === undefined) {
      failures.push({ symbol, error: markets.errors.get(symbol) ?? unknownSymbol(symbol) });
    } else if (ticker === undefined) {
      failures.push({ symbol, error: errors.get(symbol) ?? noTicker(symbol) });
    } else {
      candidates.push({ market, ticker });
    }
  }
  const funnel = [
    { rule: 'asked', remaining: symbols.length },
    { rule: 'ticker', remaining: candidates.length },
  ];
  return { candidates, rejections: [], failures, funnel };
}

const NO_TICKER: Miss = {
  rule: 'ticker',
  value: undefined,
  threshold: undefined,
  sense: 'at-least',
  remedy: undefined,
  detail: () => 'the source has no ticker for it',
};

const FUNNEL_RULES: readonly string[] = [
  ...MARKET_RULES.map(({ id }) => id),
  'ticker',
  'top-by-volume',
  ...TICKER_RULES.map(({ id }) => id),
];

function universeFunnel(
  listed: number,
  rejections: readonly Rejection[],
  failures: number,
): FunnelStage[] {
  let remaining = listed;
  const stages = [{ rule: 'listed', remaining }];
  for (const rule of FUNNEL_RULES) {
    remaining -= rejections.filter((rejected) => rejected.rule === rule).length;
    // A market or a ticker that cannot be read stops a symbol where a missing ticker would have.
    if (rule === 'ticker') remaining -= failures;
    stages.push({ rule, remaining });
  }
  return stages;
}

function tickerMisses(
  ticker: Ticker | undefined,
  config: ScannerConfig,
  rank: number | undefined,
): Miss[] {
  if (ticker === undefined) return [NO_TICKER];
  const misses = TICKER_RULES.flatMap(({ check }) => check(ticker, config) ?? []);
  if (rank === undefined || config.topByVolume === undefined) return misses;
  const outranked = rankMiss(rank, config.topByVolume);
  return outranked === undefined ? misses : [outranked, ...misses];
}

/** Ranks from 1 by quote volume, the largest first; unknown volumes come last, ties go by symbol. */
function ranking(
  markets: readonly Market[],
  tickers: ReadonlyMap<string, Ticker>,
): ReadonlyMap<string, number> {
  const volume = ({ symbol }: Market): number => {
    const known = tickers.get(symbol)?.quoteVolume24h ?? Number.NaN;
    return known >= 0 ? known : -1;
  };
  const ranked = markets.toSorted(
    (a, b) => volume(b) - volume(a) || (a.symbol < b.symbol ? -1 : 1),
  );
  return new Map(ranked.map(({ symbol }, i) => [symbol, i + 1]));
}

function unknownSymbol(symbol: string): ScannerError {
  return new ScannerError('unknown_symbol', `the source has no market ${quote(symbol)}`, {
    symbol,
  });
}

function noTicker(symbol: string): ScannerError {
  return new ScannerError('insufficient_data', 'the source has no ticker for it', { symbol });
}

function rejection(symbol: string, misses: [Miss, ...Miss[]], allRulesKnown: boolean): Rejection {
  return rejectionFor({ symbol, misses, admitsTo: NEXT_STAGE, allRulesKnown });
}

function failsAny(misses: readonly Miss[]): misses is [Miss, ...Miss[]] {
  return misses.length > 0;
}
