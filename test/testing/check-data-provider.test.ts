import { describe, expect, it } from 'vitest';
import { CandleSeries } from '../../src/market/candle-series.js';
import { OrderBook } from '../../src/market/order-book.js';
import { TradeSeries } from '../../src/market/trade-series.js';
import type { DataProvider } from '../../src/ports/data-provider.js';
import { type SyntheticProvider, syntheticProvider } from '../../src/providers/synthetic.js';
import { checkDataProvider } from '../../src/testing/check-data-provider.js';

const SYMBOLS = ['BTC/USDT', 'ETH/USDT'];
const TIMEFRAMES = ['5m', '1h'] as const;

/** A sound provider with one fault planted in it. */
function withFault(plant: (sound: SyntheticProvider) => Partial<DataProvider>): DataProvider {
  const sound = syntheticProvider();
  const { id } = sound;
  const whole: DataProvider = {
    id,
    fetchMarkets: (...asked) => sound.fetchMarkets(...asked),
    fetchTickers: (...asked) => sound.fetchTickers(...asked),
    fetchCandles: (...asked) => sound.fetchCandles(...asked),
    fetchOrderBook: (...asked) => sound.fetchOrderBook(...asked),
    fetchTrades: (...asked) => sound.fetchTrades(...asked),
    watchCandles: (...asked) => sound.watchCandles(...asked),
  };
  return { ...whole, ...plant(sound) };
}

function altered(candles: CandleSeries, row: number, by: number): CandleSeries {
  return CandleSeries.from(
    Array.from(candles, (candle, i) =>
      i === row ? { ...candle, volume: candle.volume + by } : candle,
    ),
  );
}

const FAULTS: readonly [
  fault: string,
  plant: (sound: SyntheticProvider) => Partial<DataProvider>,
  broken: RegExp,
][] = [
  [
    'lists a market twice',
    (sound) => ({
      fetchMarkets: async (options) => (await sound.fetchMarkets(options)).flatMap((m) => [m, m]),
    }),
    /^each market is listed once: BTC\/USDT is listed twice$/,
  ],
  [
    'has a tick of zero',
    (sound) => ({
      fetchMarkets: async (options) =>
        (await sound.fetchMarkets(options)).map((market) => ({ ...market, tickSize: 0 })),
    }),
    /BTC\/USDT has tickSize 0$/,
  ],
  [
    'answers with tickers of all symbols',
    (sound) => ({
      fetchTickers: (_, options) => sound.fetchTickers([...SYMBOLS, 'CYTIS/USDT'], options),
    }),
    /CYTIS\/USDT was not asked for$/,
  ],
  [
    'rejects where one ticker is missing',
    (sound) => ({
      fetchTickers: async (symbols, options) => {
        if (symbols.length > SYMBOLS.length) throw new Error('bad symbol');
        return sound.fetchTickers(symbols, options);
      },
    }),
    /^a symbol without a ticker is left out, not rejected: bad symbol$/,
  ],
  [
    'has tickers of the present only',
    (sound) => ({ fetchTickers: (symbols) => sound.fetchTickers(symbols) }),
    /^no ticker is later than the moment asked for: BTC\/USDT, asked as of \d+, has time \d+$/,
  ],
  [
    'has tickers with crossed prices',
    (sound) => ({
      fetchTickers: async (symbols, options) =>
        (await sound.fetchTickers(symbols, options)).map((t) => ({ ...t, bid: t.ask, ask: t.bid })),
    }),
    /has bid .* above ask/,
  ],
  [
    'serves the forming candle',
    (sound) => ({
      fetchCandles: (symbol, timeframe, limit, options) =>
        sound.fetchCandles(symbol, timeframe, limit, {
          ...options,
          asOf: (options?.asOf ?? sound.now()) + 3_600_000,
        }),
    }),
    /^only candles that are closed/,
  ],
  [
    'ignores the moment asked for',
    (sound) => ({
      fetchCandles: (symbol, timeframe, limit, options) =>
        sound.fetchCandles(symbol, timeframe, limit, { ...options, asOf: undefined }),
    }),
    /^the past is served as it was/,
  ],
  [
    'ignores the limit',
    (sound) => ({
      fetchCandles: (symbol, timeframe, limit, options) =>
        sound.fetchCandles(symbol, timeframe, limit + 1, options),
    }),
    /no longer than the limit: BTC\/USDT 5m has 61, asked for 60$/,
  ],
  [
    'keeps the oldest candles',
    (sound) => ({
      fetchCandles: async (symbol, timeframe, limit, options) =>
        (await sound.fetchCandles(symbol, timeframe, 60, options)).slice(0, limit),
    }),
    /^a limit keeps the newest candles/,
  ],
  [
    'repaints',
    (sound) => ({
      fetchCandles: async (symbol, timeframe, limit, options) => {
        const candles = await sound.fetchCandles(symbol, timeframe, limit, options);
        return altered(candles, candles.length - 1, 1);
      },
    }),
    /^the past is served as it was/,
  ],
  [
    'never answers twice the same',
    (sound) => {
      let asked = 0;
      return {
        fetchCandles: async (symbol, timeframe, limit, options) =>
          altered(await sound.fetchCandles(symbol, timeframe, limit, options), 0, asked++),
      };
    },
    /^the same question has the same answer/,
  ],
  [
    'answers an unknown symbol with no candles',
    (sound) => ({
      fetchCandles: async (symbol, ...asked) =>
        SYMBOLS.includes(symbol) ? sound.fetchCandles(symbol, ...asked) : CandleSeries.empty(),
    }),
    /'unknown_symbol': fetchCandles resolves/,
  ],
  [
    'rejects with an error of its own',
    (sound) => ({
      fetchCandles: async (symbol, ...asked) => {
        if (!SYMBOLS.includes(symbol)) throw new TypeError('no such thing');
        return sound.fetchCandles(symbol, ...asked);
      },
    }),
    /rejects with TypeError \("no such thing"\), not a ScannerError$/,
  ],
  [
    'is deaf to an abort',
    (sound) => ({
      fetchCandles: (symbol, timeframe, limit, options) =>
        sound.fetchCandles(symbol, timeframe, limit, { ...options, signal: undefined }),
    }),
    /^fetchCandles rejects with 'aborted' when its signal has fired: fetchCandles resolves/,
  ],
  [
    'has order books deeper than asked',
    (sound) => ({
      fetchOrderBook: (symbol, _, options) => sound.fetchOrderBook(symbol, 50, options),
    }),
    /BTC\/USDT has 50 levels, asked for 20$/,
  ],
  [
    'has order books of the present only',
    (sound) => ({ fetchOrderBook: (symbol, depth) => sound.fetchOrderBook(symbol, depth) }),
    /^no order book is later than the moment asked for/,
  ],
  [
    'has an order book that moves while it is looked at',
    (sound) => {
      let asked = 0;
      return {
        fetchOrderBook: async (symbol, depth, options) => {
          const { time, bids } = await sound.fetchOrderBook(symbol, depth, options);
          return OrderBook.from({ time, bids: [[bids.price[0], ++asked]], asks: [] });
        },
      };
    },
    /^a shallower order book is the top of a deeper one/,
  ],
  [
    'keeps the oldest trades',
    (sound) => ({
      fetchTrades: async (symbol, limit, options) =>
        (await sound.fetchTrades(symbol, 50, options)).slice(0, limit),
    }),
    /^a limit keeps the newest trades/,
  ],
  [
    'has trades without end',
    (sound) => ({
      fetchTrades: (symbol, limit, options) => sound.fetchTrades(symbol, limit + 9, options),
    }),
    /BTC\/USDT has 59, asked for 50$/,
  ],
  [
    'has trades of the present only',
    (sound) => ({ fetchTrades: (symbol, limit) => sound.fetchTrades(symbol, limit) }),
    /^no trade is later than the moment asked for/,
  ],
  [
    'has no trades of an unknown symbol instead of an error',
    () => ({ fetchTrades: async () => TradeSeries.from([]) }),
    /^trades of an unknown symbol/,
  ],
  [
    'watches on after an abort',
    (sound) => ({ watchCandles: (symbol, timeframe) => sound.watchCandles(symbol, timeframe) }),
    /^watchCandles ends when its signal fires: it still waits/,
  ],
];

describe('checkDataProvider', () => {
  it.each(FAULTS)('finds a provider that %s', async (_, plant, broken) => {
    const report = await checkDataProvider(withFault(plant), {
      symbols: SYMBOLS,
      timeframes: TIMEFRAMES,
    });
    expect(report.passed).toBe(false);
    expect(report.failures).toContainEqual(expect.stringMatching(broken));
  });

  it('lists every rule it checked, and leaves out those of capabilities that are absent', async () => {
    const sound = await checkDataProvider(withFault(() => ({})));
    expect(sound).toMatchObject({ providerId: 'synthetic:1', passed: true, failures: [] });
    const { fetchOrderBook, fetchTrades, watchCandles, ...bare } = withFault(() => ({}));
    const { checks, passed } = await checkDataProvider(bare);
    expect(passed).toBe(true);
    expect(sound.checks.length - checks.length).toBe(4 + 4 + 3);
    expect(checks.some(({ rule }) => /book|trade/.test(rule))).toBe(false);
  });

  it.each<[string, Partial<DataProvider>, RegExp]>([
    ['lists nothing', { fetchMarkets: async () => [] }, /the provider lists no markets$/],
    ['has no candles', { fetchCandles: async () => CandleSeries.empty() }, /have no candles$/],
    [
      'only throws',
      {
        fetchMarkets: () => {
          throw 'tantrum';
        },
      },
      /"tantrum"$/,
    ],
  ])('reports a provider that %s instead of rejecting', async (_, fault, found) => {
    const { failures } = await checkDataProvider(withFault(() => fault));
    expect(failures).toEqual([expect.stringMatching(found)]);
  });
});
