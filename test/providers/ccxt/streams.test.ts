import { describe, expect, it } from 'vitest';
import type { Candle } from '../../../src/market/candle-series.js';
import type { DataProvider } from '../../../src/ports/data-provider.js';
import { cachedProvider } from '../../../src/providers/cached.js';
import type { CcxtProviderOptions } from '../../../src/providers/ccxt/provider-options.js';
import { syntheticProvider } from '../../../src/providers/synthetic.js';
import { TurnTimers } from '../../stand-in-exchange/turn-timers.js';
import { type Connected, connect, NOW } from './ccxt-stand-in.js';

const SYMBOL = 'BTC/USDT:USDT';
/** The one of 64 invented markets in which trading was halted days ago. */
const HALTED = 'HEXQA/USDT:USDT';
const MINUTE = 60_000;
const CANDLES = '/market/candles';

interface Streaming extends Connected {
  readonly timers: TurnTimers;
}

/** An exchange whose clock goes on with its timers. */
async function streaming(
  exchange: 'bitget' | 'binanceusdm' = 'bitget',
  symbols = 2,
  provider: CcxtProviderOptions = {},
): Promise<Streaming> {
  const timers = new TurnTimers(5);
  const now = (): number => NOW + timers.elapsed();
  const connected = await connect({ exchange, symbols, timers, now, provider });
  return { ...connected, timers };
}

/** Collects what closes, until as many have come. */
async function collect(provider: DataProvider, symbol: string, count: number): Promise<Candle[]> {
  const candles: Candle[] = [];
  for await (const candle of provider.watchCandles?.(symbol, '1m') ?? []) {
    candles.push(candle);
    if (candles.length === count) break;
  }
  return candles;
}

/** What the exchange itself has of those minutes. */
async function expected(candles: readonly Candle[], symbols = 2): Promise<Candle[]> {
  const source = syntheticProvider({ symbols });
  const asOf = (candles.at(-1)?.time ?? 0) + MINUTE;
  return [...(await source.fetchCandles('BTC/USDT', '1m', candles.length, { asOf }))];
}

describe.each(['bitget', 'binanceusdm'] as const)('candles streamed by %s', (exchange) => {
  it('come as they close, each once, as the exchange has them', async () => {
    await using connected = await streaming(exchange);
    const { provider, standIn } = connected;
    const candles = await collect(provider, SYMBOL, 4);
    expect(candles.map(({ time }) => time)).toEqual(minutes(4));
    expect(candles).toEqual(await expected(candles));
    expect(standIn.count(exchange === 'bitget' ? CANDLES : 'klines')).toBe(0);
  });

  it('go on after the connection broke for a while, and what was missed is fetched', async () => {
    await using connected = await streaming(exchange);
    const { provider, standIn, timers } = connected;
    const collected = collect(provider, SYMBOL, 6);
    await timers.pass(90_000);
    standIn.streams.isRefusing = true;
    standIn.streams.open[0].drop();
    await timers.pass(3 * MINUTE);
    standIn.streams.isRefusing = false;
    const candles = await collected;
    expect(candles.map(({ time }) => time)).toEqual(minutes(6));
    expect(candles).toEqual(await expected(candles));
    expect(standIn.streams.connections).toHaveLength(2);
  });

  it('go on after the exchange closed the connection, as it does once a day', async () => {
    await using connected = await streaming(exchange);
    const { provider, standIn, timers } = connected;
    const collected = collect(provider, SYMBOL, 3);
    await timers.pass(90_000);
    standIn.streams.open[0].close();
    const candles = await collected;
    expect(candles.map(({ time }) => time)).toEqual(minutes(3));
    expect(candles).toEqual(await expected(candles));
  });

  it('go on after the connection fell silent', async () => {
    await using connected = await streaming(exchange);
    const { provider, standIn, timers } = connected;
    const collected = collect(provider, SYMBOL, 4);
    await timers.pass(90_000);
    standIn.streams.open[0].isSilent = true;
    const candles = await collected;
    expect(candles.map(({ time }) => time)).toEqual(minutes(4));
    expect(candles).toEqual(await expected(candles));
    expect(standIn.streams.open).toHaveLength(1);
    expect(standIn.streams.connections).toHaveLength(2);
  });

  it('go on after one channel fell silent while the connection lived, none of them cut short', async () => {
    await using connected = await streaming(exchange, 3);
    const { provider, standIn, timers } = connected;
    const [, other] = (await provider.fetchMarkets()).map(({ symbol }) => symbol);
    const collected = collect(provider, SYMBOL, 6);
    const ofOther = collect(provider, other, 6);
    // In the midst of the second minute: what is known of it by then is not the whole candle.
    await timers.pass(80_000);
    standIn.streams.open[0].stalled.add('BTCUSDT');
    const candles = await collected;
    expect(candles.map(({ time }) => time)).toEqual(minutes(6));
    expect(candles).toEqual(await expected(candles, 3));
    expect((await ofOther).map(({ time }) => time)).toEqual(minutes(6));
    expect(standIn.streams.connections).toHaveLength(2);
  });

  it('end when nobody listens, and leave nothing behind', async () => {
    await using connected = await streaming(exchange);
    const { provider, standIn, timers } = connected;
    const controller = new AbortController();
    const heard: Candle[] = [];
    const listening = (async () => {
      const { signal } = controller;
      for await (const candle of provider.watchCandles?.(SYMBOL, '1m', { signal }) ?? []) {
        heard.push(candle);
      }
    })();
    await timers.pass(2 * MINUTE + 5_000);
    controller.abort();
    await listening;
    expect(heard).toHaveLength(2);
    await timers.pass(MINUTE);
    expect(standIn.streams.open).toEqual([]);
  });
});

/** A candle as Bitget pushes it. */
function pushed({ time, open, high, low, close, volume }: Candle): object {
  const row = [time, open, high, low, close, volume, volume * close, volume * close].map(String);
  const arg = { instType: 'USDT-FUTURES', channel: 'candle1m', instId: 'BTCUSDT' };
  return { action: 'update', arg, data: [row] };
}

describe('candles that an exchange pushes oddly', () => {
  it('come once and in order, be they pushed twice, late or out of order', async () => {
    await using connected = await streaming();
    const { provider, standIn, timers } = connected;
    const collected = collect(provider, SYMBOL, 5);
    const asOf = NOW;
    const older = await syntheticProvider({ symbols: 2 }).fetchCandles('BTC/USDT', '1m', 40, {
      asOf,
    });
    for (let minute = 1; minute < 5; minute++) {
      await timers.pass(MINUTE);
      const [connection] = standIn.streams.open;
      for (const candle of [older.at(-1), older.at(-3), older.at(-3), older.at(0)]) {
        if (candle !== undefined) connection.send(pushed(candle));
      }
    }
    const candles = await collected;
    expect(candles.map(({ time }) => time)).toEqual(minutes(5));
    expect(candles).toEqual(await expected(candles));
  });

  it('come once more where they are corrected after their close, and a cache asks anew', async () => {
    await using connected = await streaming();
    const { provider, standIn, timers } = connected;
    const cached = cachedProvider(provider, { live: true, timers });
    const ask = async () =>
      cached.fetchCandles(SYMBOL, '1m', 30, { asOf: (await cached.fetchTime?.()) ?? 0 });
    const collected = collect(provider, SYMBOL, 3);
    await ask();
    await timers.pass(MINUTE + 20_000);
    const [first] = await ask().then((candles) => [...candles].slice(-1));
    standIn.streams.open[0].send(pushed({ ...first, volume: first.volume + 7 }));
    await timers.pass(1_000);
    const before = standIn.count(CANDLES);
    await ask();
    expect(standIn.count(CANDLES)).toBe(before + 1);
    expect(cached.statistics().corrections).toBe(1);
    const candles = await collected;
    expect(candles.map(({ time }) => time)).toEqual([NOW, NOW, NOW + MINUTE]);
    expect(candles[1]).toEqual({ ...first, volume: first.volume + 7 });
    await cached.close?.();
  });
});

describe('many streams', () => {
  it('share connections of fifty, each subscribed with one message; one that breaks leaves the others alone', async () => {
    const symbols = 70;
    await using connected = await streaming('bitget', symbols);
    const { provider, standIn, timers } = connected;
    const { streams } = standIn;
    const markets = await provider.fetchMarkets();
    const count = 4;
    // The halted one has a channel, over which nothing comes: what it begins with closed days ago.
    const ofHalted = collect(provider, HALTED, 1).catch(({ code }) => code);
    const collecting = Promise.all(
      markets
        .filter(({ symbol }) => symbol !== HALTED)
        .map(({ symbol }) => collect(provider, symbol, count)),
    );
    await timers.pass(70_000);
    expect(streams.connections.map(({ channels }) => channels.length)).toEqual([50, 20]);
    expect(streams.connections.map(({ subscribes }) => subscribes)).toEqual([1, 1]);
    streams.connections[1].drop();
    const collected = await collecting;
    for (const candles of collected) {
      expect(candles.map(({ time }) => time)).toEqual(minutes(count));
    }
    expect(streams.connections.map(({ channels }) => channels.length)).toEqual([50, 20, 20]);
    expect(streams.mostMessagesInASecond).toBeLessThanOrEqual(10);
    expect(standIn.count(CANDLES)).toBe(0);
    await provider.close?.();
    expect(await ofHalted).toBe('aborted');
  });
});

it('a market in which nobody trades keeps its channel, and takes one question for prices a minute', async () => {
  await using connected = await streaming('bitget', 70);
  const { provider, standIn, timers } = connected;
  const listening = collect(provider, HALTED, 1).catch(({ code }) => code);
  // One that says something keeps the connection.
  const busy = collect(provider, SYMBOL, 10);
  await timers.pass(10_000);
  const before = standIn.count('tickers');
  await timers.pass(10 * MINUTE);
  expect(standIn.count('tickers') - before).toBe(10);
  expect(standIn.count(CANDLES)).toBe(0);
  expect(standIn.streams.connections).toHaveLength(1);
  const { from, until } = provider.streamedStretch?.(HALTED, '1m') ?? { from: 0, until: 0 };
  expect(until - from).toBeGreaterThan(8 * MINUTE);
  await busy;
  await provider.close?.();
  expect(await listening).toBe('aborted');
});

describe('books streamed by bitget', () => {
  it('take no request once they are pushed, and are whole after a reconnect', async () => {
    await using connected = await streaming('bitget', 2, { streamBooks: true });
    const { provider, standIn, timers } = connected;
    const source = syntheticProvider({ symbols: 2 });
    const book = () => provider.fetchOrderBook?.(SYMBOL, 15);
    const known = async () => {
      const asOf = NOW + Math.floor(timers.elapsed() / MINUTE) * MINUTE;
      return { ...(await source.fetchOrderBook('BTC/USDT', 15, { asOf })) };
    };
    await book();
    await timers.pass(30_000);
    expect({ ...(await book()) }).toMatchObject(await known());
    expect(standIn.count('merge-depth')).toBe(1);
    standIn.streams.open[0].drop();
    await timers.pass(100);
    // While there is no connection a book is asked for, rather than one of the past shown.
    await book();
    expect(standIn.count('merge-depth')).toBe(2);
    await timers.pass(2 * MINUTE + 10_000);
    expect({ ...(await book()) }).toMatchObject(await known());
    expect(standIn.count('merge-depth')).toBe(2);
    await provider.fetchOrderBook?.(SYMBOL, 50);
    expect(standIn.count('merge-depth')).toBe(3);
  });
});

function minutes(count: number): number[] {
  return Array.from({ length: count }, (_, i) => NOW + i * MINUTE);
}

it('a channel that the exchange refuses costs its market alone', async () => {
  await using connected = await streaming('bitget', 3);
  const { provider, standIn, timers } = connected;
  const symbols = (await provider.fetchMarkets()).map(({ symbol }) => symbol);
  const heard = new Map(symbols.map((symbol) => [symbol, 0]));
  const ended: unknown[] = [];
  for (const symbol of symbols) {
    void (async () => {
      for await (const _ of provider.watchCandles?.(symbol, '1m') ?? []) {
        heard.set(symbol, (heard.get(symbol) ?? 0) + 1);
      }
    })().catch((error: unknown) => ended.push(error));
  }
  await timers.pass(2 * MINUTE);
  const [refused] = symbols.slice(-1);
  standIn.streams.refused.add(`${refused.split('/')[0]}USDT`);
  standIn.streams.open[0].drop();
  const before = new Map(heard);
  await timers.pass(10 * MINUTE);
  for (const symbol of symbols.slice(0, -1)) {
    expect((heard.get(symbol) ?? 0) - (before.get(symbol) ?? 0)).toBeGreaterThanOrEqual(9);
  }
  expect(standIn.streams.connections).toHaveLength(2);
  expect(ended).toEqual([
    expect.objectContaining({
      code: 'unsupported',
      symbol: refused,
      message: expect.stringContaining("doesn't exist"),
    }),
  ]);
});
