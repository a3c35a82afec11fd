import { describe, expect, it } from 'vitest';
import type { Candle, CandleSeries } from '../../src/market/candle-series.js';
import type { OrderBook } from '../../src/market/order-book.js';
import { resample } from '../../src/market/resample.js';
import { floorToStep } from '../../src/market/units.js';
import { syntheticProvider } from '../../src/providers/synthetic.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FIELDS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;

// The symbols of the default exchange that stand for a character each.
const SPOOFED = 'JUUM/USDT';
const INTERRUPTED = 'FENLIX/USDT';
const WIDE = 'CYMIR/USDT';
const THIN = 'HEXUM/USDT';
const NEW = 'BOMIR/USDT';
const HALTED = 'HEXQA/USDT';
const DEAD = 'ELSOL/USDT';

function columns(candles: CandleSeries): number[][] {
  return FIELDS.map((field) => [...candles[field]]);
}

function midPrice({ bids, asks }: OrderBook): number {
  return (bids.price[0] + asks.price[0]) / 2;
}

describe('the synthetic exchange', () => {
  it('is the same for the same seed, whatever was asked before', async () => {
    const first = syntheticProvider({ seed: 5 });
    const second = syntheticProvider({ seed: 5, symbols: 3 });
    await second.fetchCandles('ETH/USDT', '4h', 30);
    await second.fetchTrades('BTC/USDT', 5, { asOf: second.now() - 9 * DAY });
    await second.fetchOrderBook('BTC/USDT', 5);
    for (const timeframe of ['1m', '4h'] as const) {
      const ask = async (provider: typeof first) =>
        columns(await provider.fetchCandles('BTC/USDT', timeframe, 300));
      expect(await ask(second)).toEqual(await ask(first));
    }
    expect(await second.fetchOrderBook('BTC/USDT', 50)).toEqual(
      await first.fetchOrderBook('BTC/USDT', 50),
    );
    expect(await second.fetchTrades('BTC/USDT', 200)).toEqual(
      await first.fetchTrades('BTC/USDT', 200),
    );
  });

  it('is another for another seed, under the same names', async () => {
    const a = syntheticProvider({ seed: 5 });
    const b = syntheticProvider({ seed: -6 });
    expect(columns(await a.fetchCandles('BTC/USDT', '1h', 10))).not.toEqual(
      columns(await b.fetchCandles('BTC/USDT', '1h', 10)),
    );
    const names = async (provider: typeof a) =>
      (await provider.fetchMarkets()).map((market) => market.symbol);
    expect((await names(a)).slice(0, 3)).toEqual((await names(b)).slice(0, 3));
  });

  it('lists as many different markets as asked for, 64 by default', async () => {
    const present = Date.UTC(2026, 0, 1);
    expect(await syntheticProvider().fetchMarkets()).toHaveLength(64);
    const many = await syntheticProvider({ symbols: 1000, now: present }).fetchMarkets();
    expect(new Set(many.map((market) => market.symbol)).size).toBe(1000);
  });

  it.each(['BTC/USDT', 'ETH/USDT', THIN, INTERRUPTED, DEAD, HALTED])(
    'folds every timeframe of %s from the same minutes',
    async (symbol) => {
      const provider = syntheticProvider();
      const asOf = provider.now() + 17 * MINUTE;
      const minutes = await provider.fetchCandles(symbol, '1m', 3 * 1440 + 17, { asOf });
      for (const timeframe of ['3m', '5m', '15m', '30m', '1h', '2h', '4h', '12h'] as const) {
        const folded = resample(minutes, '1m', timeframe, { asOf });
        const served = await provider.fetchCandles(symbol, timeframe, folded.length, { asOf });
        for (const field of ['time', 'open', 'high', 'low', 'close'] as const) {
          expect(served[field]).toEqual(folded[field]);
        }
        // The exchange counts whole lots; adding decimals rounds in the last place.
        for (let i = 0; i < folded.length; i++) {
          expect(served.volume[i]).toBeCloseTo(folded.volume[i], 6);
        }
      }
    },
  );

  it('keeps candles on ticks and lots', async () => {
    const provider = syntheticProvider();
    for (const { symbol, tickSize, lotSize } of await provider.fetchMarkets()) {
      const { high, low, close, volume } = await provider.fetchCandles(symbol, '15m', 20);
      for (const price of [...high, ...low, ...close])
        expect(floorToStep(price, tickSize)).toBe(price);
      for (const amount of volume) expect(floorToStep(amount, lotSize)).toBeCloseTo(amount, 9);
    }
  });

  it('tells the last day in the ticker', async () => {
    const provider = syntheticProvider();
    const [ticker] = await provider.fetchTickers(['ETH/USDT']);
    const minutes = await provider.fetchCandles('ETH/USDT', '1m', 1441);
    const day = minutes.slice(1);
    let quoteVolume = 0;
    for (const { high, low, close, volume } of day) {
      quoteVolume += (volume * (high + low + close)) / 3;
    }
    expect(ticker).toMatchObject({
      time: provider.now(),
      last: day.close[1439],
      change24h: day.close[1439] / minutes.close[0] - 1,
    });
    expect(ticker.quoteVolume24h).toBeCloseTo(quoteVolume, 0);
  });

  it('quotes around the last close and trades at it', async () => {
    const provider = syntheticProvider();
    for (const symbol of ['BTC/USDT', 'ETH/USDT', THIN, WIDE]) {
      for (const asOf of [provider.now(), provider.now() - 5 * HOUR]) {
        const [ticker] = await provider.fetchTickers([symbol], { asOf });
        const book = await provider.fetchOrderBook(symbol, 10, { asOf });
        const trades = await provider.fetchTrades(symbol, 1, { asOf });
        expect([ticker.bid, ticker.ask]).toEqual([book.bids.price[0], book.asks.price[0]]);
        expect(Math.abs(midPrice(book) / ticker.last - 1)).toBeLessThan(0.001);
        expect(trades.price[0]).toBe(ticker.last);
      }
    }
  });

  it('folds the trades of each minute into its candle', async () => {
    const provider = syntheticProvider();
    const { lotSize } = (await provider.fetchMarkets())[1];
    const trades = await provider.fetchTrades('ETH/USDT', 1e6);
    const candles = await provider.fetchCandles('ETH/USDT', '1m', 1440);
    expect(candles.length).toBe(1440);
    let from = 0;
    for (const candle of candles) {
      let to = from;
      while (trades.time[to] < candle.time + MINUTE) to++;
      const prices = trades.price.subarray(from, to);
      const lots = trades.amount
        .subarray(from, to)
        .reduce((sum, x) => sum + Math.round(x / lotSize), 0);
      expect(trades.time[from]).toBeGreaterThanOrEqual(candle.time);
      expect([prices[0], Math.max(...prices), Math.min(...prices), prices.at(-1), lots]).toEqual([
        candle.open,
        candle.high,
        candle.low,
        candle.close,
        Math.round(candle.volume / lotSize),
      ]);
      from = to;
    }
    expect(from).toBe(trades.length);
  });

  it('shows the past as it was, and nothing before its first day', async () => {
    const provider = syntheticProvider();
    const asOf = Date.UTC(2022, 6, 1, 12, 34, 56);
    const past = syntheticProvider({ now: asOf });
    expect(columns(await provider.fetchCandles('BTC/USDT', '15m', 50, { asOf }))).toEqual(
      columns(await past.fetchCandles('BTC/USDT', '15m', 50)),
    );
    expect((await provider.fetchMarkets({ asOf })).length).toBeLessThan(50);
    const before = { asOf: Date.UTC(2019, 11, 31) };
    expect(await provider.fetchMarkets(before)).toEqual([]);
    expect(await provider.fetchTickers(['BTC/USDT'], before)).toEqual([]);
    expect(await provider.fetchCandles('BTC/USDT', '1m', 50, before)).toHaveLength(0);
  });

  it.each([
    ['seed', { seed: 1.5 }],
    ['seed', { seed: Number.NaN }],
    ['symbols', { symbols: 0 }],
    ['symbols', { symbols: 10_001 }],
  ])('refuses a bad %s', (name, options) => {
    expect(() => syntheticProvider(options)).toThrow(new RegExp(`^${name} must be`));
  });
});

describe('odd markets of the synthetic exchange', () => {
  it('a thin one is silent most of the time', async () => {
    const { volume } = await syntheticProvider().fetchCandles(THIN, '1m', 1440);
    const silent = volume.filter((amount) => amount === 0).length / volume.length;
    expect(silent).toBeGreaterThan(0.5);
    expect(silent).toBeLessThan(0.9);
  });

  it('a dead one goes on without moving', async () => {
    const candles = await syntheticProvider().fetchCandles(DEAD, '1h', 100);
    expect(candles).toHaveLength(100);
    expect(new Set([...candles.high, ...candles.low]).size).toBe(1);
    expect(candles.volume.every((amount) => amount === 0)).toBe(true);
    const [ticker] = await syntheticProvider().fetchTickers([DEAD]);
    expect(ticker).toMatchObject({ last: candles.close[0], quoteVolume24h: 0, change24h: 0 });
  });

  it('a halted one ends, and its book is empty', async () => {
    const provider = syntheticProvider();
    const newest = (await provider.fetchCandles(HALTED, '1h', 5)).at(-1) as Candle;
    expect(newest.time).toBeLessThan(provider.now() - 2 * DAY);
    const { bids, asks } = await provider.fetchOrderBook(HALTED, 5);
    expect([bids.length, asks.length]).toEqual([0, 0]);
  });

  it('a new one begins when it was listed', async () => {
    const provider = syntheticProvider();
    const market = (await provider.fetchMarkets()).find(({ symbol }) => symbol === NEW);
    const candles = await provider.fetchCandles(NEW, '1h', 449);
    expect(candles.length).toBeLessThan(72);
    expect(candles.time[0]).toBe(market?.listedAt);
  });

  it('one has outages, which stay gaps', async () => {
    const { time } = await syntheticProvider().fetchCandles(INTERRUPTED, '1h', 449);
    const gaps = time.slice(1).filter((open, i) => open - time[i] > HOUR);
    expect(gaps.length).toBeGreaterThan(0);
  });

  it('one quotes a spread of more than a percent', async () => {
    const { bids, asks } = await syntheticProvider().fetchOrderBook(WIDE, 1);
    expect(asks.price[0] / bids.price[0] - 1).toBeGreaterThan(0.01);
  });

  it('in one a wall comes and goes', async () => {
    const provider = syntheticProvider();
    let walls = 0;
    for (let i = 0; i < 40; i++) {
      const asOf = provider.now() - i * 7 * MINUTE;
      const { bids, asks } = await provider.fetchOrderBook(SPOOFED, 100, { asOf });
      const amounts = [...bids.amount, ...asks.amount].sort((a, b) => b - a);
      if (amounts[0] > 20 * amounts[100]) walls++;
    }
    expect(walls).toBeGreaterThan(5);
    expect(walls).toBeLessThan(35);
  });
});

describe('the clock of the synthetic exchange', () => {
  it('moves when it is advanced, and old answers stay true', async () => {
    const provider = syntheticProvider();
    const before = await provider.fetchCandles('BTC/USDT', '5m', 20);
    provider.advance(HOUR);
    const after = await provider.fetchCandles('BTC/USDT', '5m', 32);
    expect(columns(after.slice(0, 20))).toEqual(columns(before));
    expect(after.at(-1)?.time).toBe(provider.now() - 5 * MINUTE);
  });

  it.each([-1, 0.5, Number.NaN])('cannot be advanced by %d ms', (ms) => {
    expect(() => syntheticProvider().advance(ms)).toThrow(/^advance must be/);
  });

  it('hands watchers each candle that closes, even several at once', async () => {
    const provider = syntheticProvider();
    const controller = new AbortController();
    const seen: number[] = [];
    const watching = (async () => {
      for await (const { time } of provider.watchCandles('BTC/USDT', '1m', controller)) {
        seen.push((time - Date.UTC(2024, 5, 1)) / MINUTE);
        if (seen.length === 3) provider.advance(MINUTE);
        if (seen.length === 4) controller.abort();
      }
    })();
    await Promise.resolve();
    provider.advance(30_000);
    await Promise.resolve();
    provider.advance(3 * MINUTE);
    await watching;
    expect(seen).toEqual([0, 1, 2, 3]);
  });

  it('wakes watchers by itself where it runs', async () => {
    let now = Date.UTC(2024, 5, 1, 0, 0, 30);
    const alarms: { at: number; ring: () => void }[] = [];
    const provider = syntheticProvider({
      now: () => now,
      timers: {
        elapsed: () => now,
        after(delay, ring) {
          alarms.push({ at: now + delay, ring });
          return () => undefined;
        },
      },
    });
    const next = provider.watchCandles('BTC/USDT', '1m')[Symbol.asyncIterator]().next();
    await Promise.resolve();
    expect(alarms.map(({ at }) => at)).toEqual([Date.UTC(2024, 5, 1, 0, 1)]);
    now = alarms[0].at;
    alarms[0].ring();
    expect((await next).value).toMatchObject({ time: Date.UTC(2024, 5, 1) });
  });
});
