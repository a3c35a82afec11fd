import { expect, it } from 'vitest';
import type { CcxtProviderOptions } from '../../../../src/providers/ccxt/provider-options.js';
import type { StreamView } from '../../../../src/providers/ccxt/streams/stream-view.js';
import { TurnTimers } from '../../../stand-in-exchange/turn-timers.js';
import { type Connected, connect, NOW } from '../ccxt-stand-in.js';

const SYMBOL = 'BTC/USDT:USDT';
const MINUTE = 60_000;

interface Timed extends Connected {
  readonly timers: TurnTimers;
}

async function timed(provider: CcxtProviderOptions = {}, latencyMs = 0): Promise<Timed> {
  const timers = new TurnTimers(5);
  const now = (): number => NOW + timers.elapsed();
  const options = { exchange: 'bitget', symbols: 2, timers, now, provider, latencyMs } as const;
  return { ...(await connect(options)), timers };
}

/** The code of the error that a stream of candles ends with before its first candle. */
function ending({ provider }: Connected): Promise<unknown> {
  const candles = provider.watchCandles?.(SYMBOL, '1m')[Symbol.asyncIterator]();
  return Promise.resolve(candles?.next()).catch(({ code }) => code);
}

it('who is about to watch when the provider is closed opens no connection', async () => {
  await using connected = await timed({}, 100);
  const { provider, standIn, timers } = connected;
  const watching = ending(connected);
  await timers.pass(50);
  await provider.close?.();
  expect(await watching).toBe('aborted');
  await timers.pass(MINUTE);
  expect(standIn.streams.connections).toEqual([]);
  expect(timers.pending).toBe(0);
});

it('a connection that is being prepared when the provider is closed is never made', async () => {
  await using connected = await timed();
  const { provider, exchange, standIn, timers } = connected;
  let prepared = (): void => {};
  const preparing = new Promise<void>((resolve) => {
    prepared = resolve;
  });
  const view = exchange as unknown as StreamView;
  const { watchPublicMultiple } = view;
  // As exchanges do that hand out a token for each connection.
  view.watchPublicMultiple = async function (this: StreamView, ...given) {
    await preparing;
    return watchPublicMultiple?.apply(this, given);
  };
  const watching = ending(connected);
  await timers.pass(2_000);
  await provider.close?.();
  prepared();
  expect(await watching).toBe('aborted');
  await timers.pass(10_000);
  expect(standIn.streams.connections).toEqual([]);
});

it('a long series that is waited for when the provider is closed is waited for no longer', async () => {
  await using connected = await timed({ streamHistory: true });
  const { provider, standIn, timers } = connected;
  await provider.fetchMarkets();
  const asked = provider.fetchCandles(SYMBOL, '5m', 300);
  await timers.pass(40);
  const before = timers.elapsed();
  await provider.close?.();
  await asked;
  expect(timers.elapsed() - before).toBeLessThan(1_000);
  expect(timers.pending).toBe(0);
  expect(standIn.streams.connections).toEqual([]);
});

it('a long series whose connection breaks is asked for, and the connection is not made again', async () => {
  await using connected = await timed({ streamHistory: true });
  const { provider, standIn, timers } = connected;
  await provider.fetchMarkets();
  standIn.streams.isRefusing = true;
  expect(await provider.fetchCandles(SYMBOL, '5m', 300)).toHaveLength(300);
  standIn.streams.isRefusing = false;
  await timers.pass(5_000);
  expect(timers.pending).toBe(0);
  expect(standIn.streams.connections).toEqual([]);
});
