import type { Market } from '../../src/market/market.js';
import { type Timeframe, timeframeMs } from '../../src/market/timeframe.js';
import type { Answer, Dialect, Query } from './dialect.js';
import { decimals } from './dialect.js';
import type { DayFigures, StandInMarket } from './stand-in-market.js';

const FAPI = '/fapi/v1';
const WEIGHT_PER_MINUTE = 2_400;

/** Binance's REST interface for USD-margined perpetuals over a market. */
export function binanceUsdmRest(market: StandInMarket): Dialect {
  const ok = (body: unknown): Answer => ({ status: 200, body });
  const onSymbol =
    (answer: (id: string, query: Query) => Promise<unknown>) =>
    async (query: Query): Promise<Answer> => {
      const id = query.get('symbol') ?? '';
      return market.has(id)
        ? ok(await answer(id, query))
        : { status: 400, body: { code: -1121, msg: 'Invalid symbol.' } };
    };
  return {
    routes: new Map([
      [`${FAPI}/time`, async () => ok({ serverTime: market.now() })],
      [
        `${FAPI}/exchangeInfo`,
        async () => ok({ timezone: 'UTC', symbols: [...market.markets.values()].map(contract) }),
      ],
      [`${FAPI}/klines`, onSymbol((id, query) => klines(market, id, query))],
      [
        `${FAPI}/ticker/24hr`,
        async () => ok(Array.from(await market.tickers(), ([id, day]) => tickerRow(id, day))),
      ],
      [
        `${FAPI}/ticker/bookTicker`,
        async () => ok(Array.from(await market.tickers(), ([id, day]) => bookTicker(id, day))),
      ],
      [`${FAPI}/depth`, onSymbol((id, query) => depth(market, id, query))],
      [`${FAPI}/aggTrades`, onSymbol((id, query) => aggTrades(market, id, query))],
      [
        `${FAPI}/premiumIndex`,
        onSymbol(async (id) => ({ symbol: id, lastFundingRate: '0.0001', time: market.now() })),
      ],
    ]),
    limits: (path, query) => [
      { name: 'weight', weight: weightOf(path, query), limit: WEIGHT_PER_MINUTE, perMs: 60_000 },
    ],
    tooMany: () => ({
      status: 429,
      headers: { 'retry-after': '7' },
      body: { code: -1003, msg: 'Too many requests; current limit is 2400 request weight' },
    }),
    notFound: (path) => ({ status: 404, body: `<html>no ${path} here</html>` }),
    listAt: [],
  };
}

/** By path, the weight up to each limit of rows, as the documentation of the exchange has it. */
const WEIGHT_BY_ROWS: Readonly<Record<string, readonly [rows: number, weight: number][]>> = {
  [`${FAPI}/klines`]: [
    [99, 1],
    [499, 2],
    [1000, 5],
    [1500, 10],
  ],
  [`${FAPI}/depth`]: [
    [50, 2],
    [100, 5],
    [500, 10],
    [1000, 20],
  ],
};
const WEIGHT_OF_ALL: Readonly<Record<string, number>> = {
  [`${FAPI}/ticker/24hr`]: 40,
  [`${FAPI}/ticker/bookTicker`]: 5,
  [`${FAPI}/aggTrades`]: 20,
};

function weightOf(path: string, query: Query): number {
  const rows = Number(query.get('limit') ?? 500);
  const byRows = WEIGHT_BY_ROWS[path]?.find(([most]) => rows <= most)?.[1];
  return byRows ?? WEIGHT_OF_ALL[path] ?? 1;
}

async function klines(market: StandInMarket, id: string, query: Query): Promise<unknown[]> {
  const timeframe = (query.get('interval') ?? '1m') as Timeframe;
  const span = timeframeMs(timeframe);
  const limit = Math.min(1500, Number(query.get('limit') ?? 500));
  const start = query.get('startTime');
  const end = Number(query.get('endTime') ?? market.now());
  // With a start the oldest are given, without one the newest.
  const until =
    start === null ? end : Math.min(end, (Math.ceil(Number(start) / span) + limit - 1) * span);
  const rows = await market.candles(id, timeframe, limit, until);
  return rows
    .filter(({ time }) => time >= Number(start ?? 0))
    .map(({ time, open, high, low, close, volume }) => [
      time,
      ...[open, high, low, close, volume].map(String),
      time + span - 1,
      String(volume * close),
      10,
      String(volume / 2),
      String((volume * close) / 2),
      '0',
    ]);
}

async function depth(market: StandInMarket, id: string, query: Query): Promise<object> {
  const { bids, asks, time } = await market.book(id, Number(query.get('limit') ?? 500));
  const levels = (side: typeof bids): string[][] =>
    Array.from(side.price, (price, i) => [String(price), String(side.amount[i])]);
  return { lastUpdateId: 1, E: time, T: time, bids: levels(bids), asks: levels(asks) };
}

async function aggTrades(market: StandInMarket, id: string, query: Query): Promise<object[]> {
  const trades = await market.trades(id, Math.min(1000, Number(query.get('limit') ?? 500)));
  return trades.map(({ time, price, amount, side }, i) => ({
    a: i + 1,
    p: String(price),
    q: String(amount),
    f: i + 1,
    l: i + 1,
    T: time,
    m: side === 'sell',
  }));
}

function contract({ base, quote, tickSize, lotSize, minNotional }: Market): object {
  return {
    symbol: base + quote,
    pair: base + quote,
    contractType: 'PERPETUAL',
    deliveryDate: 4133404800000,
    onboardDate: 1577836800000,
    status: 'TRADING',
    baseAsset: base,
    quoteAsset: quote,
    marginAsset: quote,
    pricePrecision: decimals(tickSize),
    quantityPrecision: decimals(lotSize),
    baseAssetPrecision: 8,
    quotePrecision: 8,
    underlyingType: 'COIN',
    filters: [
      { filterType: 'PRICE_FILTER', minPrice: String(tickSize), tickSize: String(tickSize) },
      { filterType: 'LOT_SIZE', minQty: String(lotSize), stepSize: String(lotSize) },
      { filterType: 'MIN_NOTIONAL', notional: String(minNotional) },
    ],
  };
}

function tickerRow(id: string, day: DayFigures): object {
  return {
    symbol: id,
    priceChange: String(day.last - day.open),
    priceChangePercent: String((day.change24h ?? 0) * 100),
    weightedAvgPrice: String(day.last),
    lastPrice: String(day.last),
    lastQty: '1',
    openPrice: String(day.open),
    highPrice: String(day.high),
    lowPrice: String(day.low),
    volume: String(day.baseVolume),
    quoteVolume: String(day.quoteVolume24h ?? 0),
    openTime: day.time - 86_400_000,
    closeTime: day.time,
    firstId: 1,
    lastId: 10,
    count: 10,
  };
}

function bookTicker(id: string, day: DayFigures): object {
  return {
    symbol: id,
    bidPrice: String(day.bid ?? 0),
    bidQty: '1',
    askPrice: String(day.ask ?? 0),
    askQty: '1',
    time: day.time,
  };
}
