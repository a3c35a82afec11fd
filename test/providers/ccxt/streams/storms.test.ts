import { expect, it, vi } from 'vitest';
import type { Candle } from '../../../../src/market/candle-series.js';
import { type Logger, silentLogger } from '../../../../src/ports/logger.js';
import { cachedProvider } from '../../../../src/providers/cached.js';
import { connectionAllowance } from '../../../../src/providers/ccxt/streams/connection-allowance.js';
import { syntheticProvider } from '../../../../src/providers/synthetic.js';
import { TurnTimers } from '../../../stand-in-exchange/turn-timers.js';
import { type Connected, connect, NOW } from '../ccxt-stand-in.js';

const SYMBOL = 'BTC/USDT:USDT';
const MINUTE = 60_000;
const CANDLES = '/market/candles';
/** What Bitget bears: subscriptions of one connection in an hour. */
const MOST_SUBSCRIPTIONS = 240;

interface Stormy extends Connected {
  readonly timers: TurnTimers;
  /** What was warned of, in order. */
  readonly warnings: string[];
}

async function stormy(symbols: number): Promise<Stormy> {
  const timers = new TurnTimers(5);
  const now = (): number => NOW + timers.elapsed();
  const warnings: string[] = [];
  const logger: Logger = { ...silentLogger, warn: (message) => warnings.push(message) };
  const options = { exchange: 'bitget', symbols, timers, now, provider: { logger } } as const;
  return { ...(await connect(options)), timers, warnings };
}

function listen({ provider }: Connected, symbol: string): Candle[] {
  const candles: Candle[] = [];
  void (async () => {
    for await (const candle of provider.watchCandles?.(symbol, '1m') ?? []) candles.push(candle);
  })().catch(() => {});
  return candles;
}

/** What the exchange itself has of the minutes of its market of bitcoin. */
async function expected(candles: readonly Candle[], symbols: number): Promise<Candle[]> {
  const asOf = (candles.at(-1)?.time ?? 0) + MINUTE;
  const source = syntheticProvider({ symbols });
  return [...(await source.fetchCandles('BTC/USDT', '1m', candles.length, { asOf }))];
}

it('a connection that breaks again and again is made ever more rarely, and no candle is lost or doubled', async () => {
  await using connected = await stormy(2);
  const { standIn, timers } = connected;
  const { streams } = standIn;
  const candles = listen(connected, SYMBOL);
  await timers.pass(MINUTE + 10_000);
  for (let second = 0; second < 600; second++) {
    for (const connection of streams.open) connection.drop();
    await timers.pass(1_000);
  }
  // Waits of 1, 2, 4, 8, 16, 32 and then 60 seconds, half of it drawn.
  expect(streams.connections.length).toBeLessThan(30);
  expect(Math.max(...streams.connections.map(({ subscribes }) => subscribes))).toBe(1);
  await timers.pass(3 * MINUTE);
  expect(candles.length).toBeGreaterThanOrEqual(13);
  expect(candles.map(({ time }) => time)).toEqual(candles.map((_, i) => NOW + i * MINUTE));
  expect(candles).toEqual(await expected(candles, 2));
});

it('where no connection may be opened for now, that is said once, and candles are asked for meanwhile', async () => {
  const symbols = 60;
  await using connected = await stormy(symbols);
  const { provider, standIn, timers, warnings } = connected;
  const { streams } = standIn;
  const cached = cachedProvider(provider, { live: true, timers });
  const markets = await provider.fetchMarkets();
  for (const { symbol } of markets.slice(1)) listen(connected, symbol);
  const candles = listen(connected, SYMBOL);
  const ask = async (): Promise<Candle | undefined> => {
    const asOf = (await cached.fetchTime?.()) ?? 0;
    return [...(await cached.fetchCandles(SYMBOL, '1m', 30, { asOf }))].at(-1);
  };
  await ask();
  await timers.pass(MINUTE + 10_000);
  expect(streams.connections).toHaveLength(2);
  const allowance = connectionAllowance(timers, `bitget@${standIn.baseUrl}`);
  while (allowance.open() === 0);
  for (const connection of streams.open) connection.drop();
  await timers.pass(2 * MINUTE);
  expect(streams.open).toEqual([]);
  const before = standIn.count(CANDLES);
  expect(await ask()).toMatchObject({ time: NOW + 2 * MINUTE });
  expect(standIn.count(CANDLES)).toBe(before + 1);
  await timers.pass(5 * MINUTE);
  expect(streams.open).toHaveLength(2);
  expect(warnings.filter((warning) => warning.startsWith('no connection'))).toEqual([
    'no connection may be opened for now: candles and books are asked for',
  ]);
  expect(candles.map(({ time }) => time)).toEqual(candles.map((_, i) => NOW + i * MINUTE));
  expect(candles.length).toBeGreaterThanOrEqual(7);
  expect(candles).toEqual(await expected(candles, symbols));
  await cached.close?.();
});

it('channels that come and go, one after the other, take no connection beyond what it may be asked', async () => {
  const symbols = 60;
  await using connected = await stormy(symbols);
  const { provider, standIn, timers } = connected;
  const { streams } = standIn;
  const markets = (await provider.fetchMarkets()).map(({ symbol }) => symbol);
  // One that stays, so that the connection does.
  listen(connected, SYMBOL);
  for (let turn = 0; turn < 5; turn++) {
    for (const symbol of markets.slice(1)) {
      const stop = new AbortController();
      const { signal } = stop;
      const watching = provider.watchCandles?.(symbol, '1m', { signal })[Symbol.asyncIterator]();
      const next = watching?.next();
      await timers.pass(400);
      stop.abort();
      await next;
    }
  }
  const subscribes = streams.connections.map((connection) => connection.subscribes);
  expect(Math.max(...subscribes)).toBeLessThan(MOST_SUBSCRIPTIONS);
  expect(streams.mostChannels).toBeLessThanOrEqual(50);
  expect(subscribes.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(MOST_SUBSCRIPTIONS);
  expect(streams.open.length).toBeLessThanOrEqual(3);
});

it('a message that is cut short costs the connection, for what it said is unknown, and nothing is printed', async () => {
  await using connected = await stormy(2);
  const { standIn, timers, warnings } = connected;
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
  const candles = listen(connected, SYMBOL);
  await timers.pass(MINUTE + 30_000);
  standIn.streams.open[0].send('{"action":"update","arg":{"instType":"USDT-FUT');
  await timers.pass(3 * MINUTE);
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
  expect(standIn.streams.connections).toHaveLength(2);
  expect(warnings).toContain('a stream was interrupted');
  expect(candles.map(({ time }) => time)).toEqual(candles.map((_, i) => NOW + i * MINUTE));
  expect(candles).toHaveLength(4);
  expect(candles).toEqual(await expected(candles, 2));
});

it('a candle of tomorrow ends those who listen, and who listens again is heard', async () => {
  await using connected = await stormy(3);
  const { provider, standIn, timers } = connected;
  const symbols = (await provider.fetchMarkets()).map(({ symbol }) => symbol);
  // One that stays, so that the connection does, and ccxt keeps the row.
  listen(connected, symbols[1]);
  const watching = provider.watchCandles?.(SYMBOL, '1m')[Symbol.asyncIterator]();
  const first = watching?.next();
  await timers.pass(MINUTE + 10_000);
  await first;
  const next = watching?.next();
  const arg = { instType: 'USDT-FUTURES', channel: 'candle1m', instId: 'BTCUSDT' };
  const row = [NOW + 86_400_000, 1, 1, 1, 1, 1, 1, 1].map(String);
  standIn.streams.open[0].send({ action: 'update', arg, data: [row] });
  await expect(next).rejects.toMatchObject({ code: 'bad_data' });
  const candles = listen(connected, SYMBOL);
  await timers.pass(3 * MINUTE);
  expect(candles).toHaveLength(3);
  expect(candles[0].time).toBe(NOW + MINUTE);
});
