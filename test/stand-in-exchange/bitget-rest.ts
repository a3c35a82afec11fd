import type { Candle } from '../../src/market/candle-series.js';
import type { Market } from '../../src/market/market.js';
import type { Timeframe } from '../../src/market/timeframe.js';
import type { Answer, Dialect, Query } from './dialect.js';
import { decimals } from './dialect.js';
import type { DayFigures, StandInMarket } from './stand-in-market.js';

const MIX = '/api/v2/mix/market';
const SPOT = '/api/v2/spot/market';

/** Bitget's v2 REST interface over a market: USDT perpetuals and spot. */
export function bitgetRest(market: StandInMarket): Dialect {
  const wrap = (data: unknown): Answer => ({
    status: 200,
    body: { code: '00000', msg: 'success', requestTime: market.now(), data },
  });
  const refuse = (code: string, msg: string): Answer => ({
    status: 400,
    body: { code, msg, requestTime: market.now(), data: null },
  });
  const onSymbol =
    (answer: (id: string, query: Query) => Promise<unknown>) =>
    async (query: Query): Promise<Answer> => {
      const id = query.get('symbol') ?? '';
      return market.has(id)
        ? wrap(await answer(id, query))
        : refuse('40034', `Parameter ${id} does not exist`);
    };
  const linear = (query: Query): boolean => query.get('productType') === 'USDT-FUTURES';
  const all = (): Market[] => [...market.markets.values()];

  const candles = onSymbol(async (id, query) =>
    candleRows(market, id, query, Math.min(1000, Number(query.get('limit') ?? 100))),
  );
  const history = onSymbol(async (id, query) =>
    candleRows(market, id, query, Math.min(200, Number(query.get('limit') ?? 100))),
  );
  const book = onSymbol(async (id, query) => {
    const { bids, asks, time } = await market.book(id, Number(query.get('limit') ?? 100));
    const levels = (side: typeof bids): string[][] =>
      Array.from(side.price, (price, i) => [String(price), String(side.amount[i])]);
    return { asks: levels(asks), bids: levels(bids), ts: String(time) };
  });
  const fills = onSymbol(async (id, query) =>
    (await market.trades(id, Number(query.get('limit') ?? 100)))
      .map((trade, i) => ({
        tradeId: `${trade.time}${i}`,
        symbol: id,
        price: String(trade.price),
        size: String(trade.amount),
        side: trade.side,
        ts: String(trade.time),
      }))
      .reverse(),
  );
  const tickers = async (): Promise<Answer> =>
    wrap(Array.from(await market.tickers(), ([id, figures]) => tickerRow(id, figures)));

  return {
    routes: new Map([
      ['/api/v2/public/time', async () => wrap({ serverTime: String(market.now()) })],
      ['/api/v2/spot/public/coins', async () => wrap([])],
      ['/api/v2/margin/currencies', async () => wrap([])],
      ['/api/v2/spot/public/symbols', async () => wrap(all().map(spotSymbol))],
      [`${MIX}/contracts`, async (query) => wrap(linear(query) ? all().map(contract) : [])],
      [`${MIX}/tickers`, async (query) => (linear(query) ? tickers() : wrap([]))],
      [`${SPOT}/tickers`, tickers],
      [`${MIX}/candles`, candles],
      [`${SPOT}/candles`, candles],
      [`${MIX}/history-candles`, history],
      [`${SPOT}/history-candles`, history],
      [`${MIX}/merge-depth`, book],
      [`${SPOT}/orderbook`, book],
      [`${MIX}/fills-history`, fills],
      [`${SPOT}/fills-history`, fills],
      [`${MIX}/current-fund-rate`, onSymbol(async (id) => [{ symbol: id, fundingRate: '0.0001' }])],
    ]),
    limits: (path) => [
      { name: path, weight: 1, limit: path.endsWith('fills-history') ? 10 : 20, perMs: 1_000 },
      { name: 'all', weight: 1, limit: 6_000, perMs: 60_000 },
    ],
    tooMany: () => ({
      status: 429,
      body: { code: '429', msg: 'Too Many Requests', requestTime: market.now(), data: null },
    }),
    notFound: () => refuse('40404', 'Request URL NOT FOUND'),
    listAt: ['data'],
  };
}

async function candleRows(
  market: StandInMarket,
  id: string,
  query: Query,
  limit: number,
): Promise<string[][]> {
  const granularity = query.get('granularity') ?? '1m';
  const timeframe = granularity.toLowerCase().replace('min', 'm') as Timeframe;
  const until = Number(query.get('endTime') ?? market.now());
  const from = Number(query.get('startTime') ?? 0);
  const rows = await market.candles(id, timeframe, limit, until);
  return rows.filter(({ time }) => time >= from).map(candleRow);
}

function candleRow({ time, open, high, low, close, volume }: Candle): string[] {
  return [time, open, high, low, close, volume, volume * close].map(String);
}

function contract({ base, quote, tickSize, lotSize, minNotional, takerFeeBps }: Market): object {
  const places = decimals(tickSize);
  return {
    symbol: base + quote,
    baseCoin: base,
    quoteCoin: quote,
    supportMarginCoins: [quote],
    symbolType: 'perpetual',
    pricePlace: String(places),
    priceEndStep: String(Math.round(tickSize * 10 ** places)),
    volumePlace: String(decimals(lotSize)),
    sizeMultiplier: String(lotSize),
    minTradeNum: String(lotSize),
    minTradeUSDT: String(minNotional),
    makerFeeRate: '0.0002',
    takerFeeRate: String(takerFeeBps / 10_000),
    symbolStatus: 'normal',
    minLever: '1',
    maxLever: '125',
    launchTime: '',
    deliveryTime: '',
  };
}

function spotSymbol({ base, quote, tickSize, lotSize, minNotional, takerFeeBps }: Market): object {
  return {
    symbol: base + quote,
    baseCoin: base,
    quoteCoin: quote,
    minTradeAmount: '0',
    maxTradeAmount: '900000000000000000000',
    takerFeeRate: String(takerFeeBps / 10_000),
    makerFeeRate: '0.001',
    pricePrecision: String(decimals(tickSize)),
    quantityPrecision: String(decimals(lotSize)),
    minTradeUSDT: String(minNotional),
    status: 'online',
  };
}

function tickerRow(id: string, day: DayFigures): object {
  return {
    symbol: id,
    lastPr: String(day.last),
    open: String(day.open),
    open24h: String(day.open),
    high24h: String(day.high),
    low24h: String(day.low),
    change24h: String(day.change24h ?? 0),
    bidPr: day.bid === undefined ? '' : String(day.bid),
    askPr: day.ask === undefined ? '' : String(day.ask),
    bidSz: '1',
    askSz: '1',
    baseVolume: String(day.baseVolume),
    quoteVolume: String(day.quoteVolume24h ?? 0),
    usdtVolume: String(day.quoteVolume24h ?? 0),
    markPrice: String(day.last),
    indexPrice: String(day.last),
    fundingRate: '0.0001',
    holdingAmount: '1000',
    ts: String(day.time),
  };
}
