import { quote, ScannerError } from '../../errors.js';
import { processRateBudget } from '../../parallel/rate-budget.js';
import { systemTimers } from '../../parallel/system-timers.js';
import { silentLogger } from '../../ports/logger.js';
import { CandleSource, volumeUnit } from './candle-source.js';
import { type CcxtLike, internalsOf } from './exchange.js';
import { type ExchangeFacts, factsOf } from './exchange-facts.js';
import { Gateway } from './gateway.js';
import type { MarketType } from './listing.js';
import { ListingSource } from './listing-source.js';
import { OrderSource } from './order-source.js';
import type { CcxtProviderOptions } from './provider-options.js';
import { rewriteUrls } from './rewrite-urls.js';
import { ServerClock } from './server-clock.js';
import { CandleSnapshots } from './streams/candle-snapshots.js';
import { connectionAllowance } from './streams/connection-allowance.js';
import { ExchangeStreams } from './streams/exchange-streams.js';
import { TickerSource } from './ticker-source.js';
import { timeQuestionOf } from './time-question.js';

/** Everything one exchange is read through, all of it over one gateway. */
export interface ExchangeSources {
  readonly types: readonly MarketType[];
  readonly facts: ExchangeFacts;
  readonly clock: ServerClock;
  readonly listing: ListingSource;
  readonly tickers: TickerSource;
  readonly candles: CandleSource;
  readonly orders: OrderSource;
  readonly snapshots: CandleSnapshots;
  readonly streams: ExchangeStreams;
}

const DEFAULT_TIMEOUT_MS = 8_000;
/** ccxt's pause between requests where an exchange class has none. */
const USUAL_RATE_LIMIT_MS = 1_000;

/** Sets an exchange up and puts its sources together. @throws ScannerError `config` for a bad option. */
export function openSources(exchange: CcxtLike, options: CcxtProviderOptions): ExchangeSources {
  const { timers = systemTimers, random = Math.random, logger = silentLogger } = options;
  const { baseUrl, marketTypes: types = [defaultType(exchange)] } = options;
  const timeoutMs = requireTimeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  if (baseUrl !== undefined) rewriteUrls(exchange, baseUrl);
  const settings = exchange.options as { uta?: unknown };
  settings.uta ??= false;
  const kind = limitedAs(exchange.id, types);
  const name = baseUrl === undefined ? kind : `${kind}@${baseUrl}`;
  const facts = factsOf(kind, internalsOf(exchange).rateLimit ?? USUAL_RATE_LIMIT_MS, name);
  const budget = options.budget ?? processRateBudget;
  const gateway = new Gateway({ exchange, facts, name, budget, timers, timeoutMs, random });
  const clock = new ServerClock(
    options.clock ?? Date.now,
    timers,
    timeQuestionOf(exchange, gateway),
  );
  const connections = connectionAllowance(timers, name);
  const lines = { exchange, timers, logger, random, connections };
  const snapshots = new CandleSnapshots(lines);
  const streams: ExchangeStreams = new ExchangeStreams({
    ...lines,
    clock,
    volumeUnit: (listed) => volumeUnit(exchange, listed),
    refill: (listed, timeframe, limit, asOf) =>
      candles.fetch({ listed, timeframe, limit, asOf, options: undefined }),
    askPrices: (symbols) => tickers.fetch(symbols, undefined),
  });
  const listing = new ListingSource(exchange, gateway, types);
  const tickers: TickerSource = new TickerSource({
    ...{ exchange, gateway, listing, clock, timers, logger },
    hear: (heard, asked) => streams.hear(heard, asked),
  });
  const candles: CandleSource = new CandleSource({
    ...{ exchange, gateway, facts, clock },
    ...(options.streamHistory && {
      snapshot: (symbol, timeframe) => snapshots.take(symbol, timeframe),
    }),
  });
  const pushedBook = (symbol: string, depth: number): unknown =>
    options.streamBooks ? streams.books.newest(symbol, depth) : undefined;
  return {
    ...{ types, facts, clock, listing, tickers, candles, snapshots, streams },
    orders: new OrderSource({ exchange, gateway, facts, clock, pushedBook }),
  };
}

function defaultType(exchange: CcxtLike): MarketType {
  const { defaultType } = exchange.options as { defaultType?: unknown };
  return defaultType === 'swap' || defaultType === 'future' || exchange.id === 'binanceusdm'
    ? 'swap'
    : 'spot';
}

/** ccxt's `binance` serves contracts, too, from the host and within the limits of `binanceusdm`. */
function limitedAs(id: string, types: readonly MarketType[]): string {
  return id === 'binance' && types.includes('swap') ? 'binanceusdm' : id;
}

function requireTimeout(timeoutMs: number): number {
  if (timeoutMs > 0 && Number.isFinite(timeoutMs)) return timeoutMs;
  throw new ScannerError('config', `timeoutMs must be finite and above 0, was ${quote(timeoutMs)}`);
}
