import ccxt from 'ccxt';
import { describe, expect, it } from 'vitest';
import type { DataProvider } from '../../../src/ports/data-provider.js';
import { ccxtProvider } from '../../../src/providers/ccxt/ccxt-provider.js';
import type { ListedMarket } from '../../../src/providers/ccxt/listing.js';
import { readTrades } from '../../../src/providers/ccxt/read-orders.js';
import { readTickers } from '../../../src/providers/ccxt/read-tickers.js';
import { hasShared, sharedJson } from '../../shared-data.js';

interface Recording {
  readonly method: string;
  readonly httpResponse: { readonly data: readonly object[] };
  readonly parsedResponse: object;
}

interface Recorded {
  readonly fetchTicker: readonly Recording[];
  readonly fetchTickers: readonly Recording[];
  readonly fetchTrades: readonly Recording[];
}

const CAPTURED_AT = 1_626_992_741_500;
const BINANCE = 'data/ccxt/binanceusdm';

const BTC_SPOT = {
  ...{ symbol: 'BTCUSDT', baseCoin: 'BTC', quoteCoin: 'USDT', status: 'online' },
  ...{ pricePrecision: '2', quantityPrecision: '6', takerFeeRate: '0.002', minTradeUSDT: '1' },
};

/** A real client whose answers come from a table by the end of the path. */
function answering<E extends 'bitget' | 'binanceusdm'>(
  id: E,
  now: number,
  answers: Readonly<Record<string, unknown>>,
): DataProvider {
  const fetchImplementation = async (url: string): Promise<Response> => {
    const { pathname } = new URL(url);
    const path = Object.keys(answers).find((end) => pathname.endsWith(end));
    return Response.json(path === undefined ? { code: '00000', data: [] } : answers[path]);
  };
  const types = id === 'bitget' ? ['spot'] : ['linear'];
  const exchange = new ccxt[id]({ fetchImplementation, options: { fetchMarkets: { types } } });
  exchange.milliseconds = () => now;
  return ccxtProvider(exchange, { clock: () => now });
}

describe.skipIf(!hasShared)('recorded answers (skipped without ../shared)', () => {
  it('of Bitget’s spot tickers and trades are read as they were meant', async () => {
    const { methods } = sharedJson('data/ccxt/bitget/ccxt_static_response_excerpt.json') as {
      methods: Recorded;
    };
    const [ticker] = methods.fetchTicker;
    const [trade] = methods.fetchTrades;
    const now = 1_710_328_245_623;
    const provider = answering('bitget', now, {
      '/public/time': { code: '00000', data: { serverTime: String(now) } },
      '/public/symbols': { code: '00000', data: [BTC_SPOT] },
      '/market/tickers': ticker.httpResponse,
      '/market/fills-history': trade.httpResponse,
    });
    expect(await provider.fetchTickers(['BTC/USDT'])).toEqual([
      {
        symbol: 'BTC/USDT',
        time: 1_710_328_244_283,
        ...{ last: 73_369.13, bid: 73_369.13, ask: 73_369.14 },
        quoteVolume24h: 1_214_716_952.009746,
        change24h: 0.0232,
      },
    ]);
    const trades = await provider.fetchTrades?.('BTC/USDT', 1);
    expect(trades).toMatchObject({ length: 1 });
    expect([trades?.time[0], trades?.price[0], trades?.amount[0], trades?.side[0]]).toEqual([
      1_710_327_601_000, 73_240.07, 0.057852, 1,
    ]);
  });

  it('of Bitget, whatever the kind of account, pass every check', () => {
    const { methods } = sharedJson('data/ccxt/bitget/ccxt_static_response_excerpt.json') as {
      methods: Recorded;
    };
    const market = { type: 'spot', contractSize: 1 } as const;
    const listed = new Map(
      ['BTC/USDT', 'BTC/USDT:USDT'].map((symbol): [string, ListedMarket] => [
        symbol,
        { ...market, market: { symbol } as ListedMarket['market'] },
      ]),
    );
    const answers = [
      ...methods.fetchTicker.map(({ parsedResponse }) => [parsedResponse]),
      ...methods.fetchTickers.map(({ parsedResponse }) => parsedResponse),
    ];
    for (const answer of answers) {
      const { tickers, suspectUnits } = readTickers(answer, listed, 0);
      expect(suspectUnits).toEqual([]);
      for (const ticker of tickers.values()) expect(ticker.quoteVolume24h).toBeGreaterThan(1e7);
      expect(tickers.size).toBe(1);
    }
    for (const { parsedResponse } of methods.fetchTrades) {
      const count = (parsedResponse as unknown[]).length;
      const rules = { limit: 100, contractSize: 1, asOf: Number.POSITIVE_INFINITY };
      expect(readTrades(parsedResponse, rules).length).toBe(count);
    }
  });

  it.each(['AKRO', 'CTK', 'KEEP', 'SUSHI'])(
    'of Binance’s book of %s keep every level',
    async (base) => {
      const depth = sharedJson(`${BINANCE}/fapi_v1_depth__symbol_${base}USDT_limit_1000.json`) as {
        T: number;
        bids: string[][];
        asks: string[][];
      };
      const provider = answering('binanceusdm', CAPTURED_AT, {
        '/time': { serverTime: CAPTURED_AT },
        '/exchangeInfo': sharedJson(`${BINANCE}/fapi_v1_exchangeInfo.json`),
        '/depth': depth,
      });
      const book = await provider.fetchOrderBook?.(`${base}/USDT:USDT`, 1_000);
      expect(book?.time).toBe(depth.T);
      expect(Array.from(book?.bids.price ?? [])).toEqual(
        depth.bids.map(([price]) => Number(price)),
      );
      expect(Array.from(book?.asks.amount ?? [])).toEqual(
        depth.asks.map(([, size]) => Number(size)),
      );
    },
  );

  it('of Binance’s listing become markets with steps and fees', async () => {
    const provider = answering('binanceusdm', CAPTURED_AT, {
      '/time': { serverTime: CAPTURED_AT },
      '/exchangeInfo': sharedJson(`${BINANCE}/fapi_v1_exchangeInfo.json`),
    });
    const markets = await provider.fetchMarkets();
    expect(markets.length).toBeGreaterThan(80);
    expect(markets.find(({ symbol }) => symbol === 'BTC/USDT:USDT')).toMatchObject({
      ...{ base: 'BTC', quote: 'USDT', tickSize: 0.01, lotSize: 0.001, minNotional: 5 },
      takerFeeBps: 5,
    });
  });

  it('of Binance’s candles end with the last that is closed', async () => {
    const rows = sharedJson(
      `${BINANCE}/gct_fapi_v1_klines__endTime_1602819889_interval_5m_startTime_1602816289_symbol_L.json`,
    ) as [number, ...string[]][];
    const now = rows[rows.length - 1][0] + 60_000;
    const provider = answering('binanceusdm', now, {
      '/time': { serverTime: now },
      '/exchangeInfo': sharedJson(`${BINANCE}/fapi_v1_exchangeInfo.json`),
      '/klines': rows,
    });
    const candles = await provider.fetchCandles('LTC/USDT:USDT', '5m', 400);
    expect(candles.at(-1)?.time).toBe(rows[rows.length - 2][0]);
    expect(candles.at(-1)?.close).toBe(Number(rows[rows.length - 2][4]));
    expect(candles.at(-1)?.volume).toBe(Number(rows[rows.length - 2][5]));
  });
});
