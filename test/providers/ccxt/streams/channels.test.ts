import ccxt from 'ccxt';
import { expect, it } from 'vitest';
import type { Candle } from '../../../../src/market/candle-series.js';
import type { DataProvider } from '../../../../src/ports/data-provider.js';
import type { CcxtProviderOptions } from '../../../../src/providers/ccxt/provider-options.js';
import type { Channel } from '../../../../src/providers/ccxt/streams/channel.js';
import type { StreamView } from '../../../../src/providers/ccxt/streams/stream-view.js';
import { isRefusal } from '../../../../src/providers/ccxt/streams/subscribe.js';
import { TurnTimers } from '../../../stand-in-exchange/turn-timers.js';
import { type Connected, connect, NOW } from '../ccxt-stand-in.js';

const MINUTE = 60_000;

interface Timed extends Connected {
  readonly timers: TurnTimers;
  readonly symbols: readonly string[];
}

async function timed(provider: CcxtProviderOptions = {}): Promise<Timed> {
  const timers = new TurnTimers(5);
  const now = (): number => NOW + timers.elapsed();
  const options = { exchange: 'bitget', symbols: 3, timers, now, provider } as const;
  const connected = await connect(options);
  const markets = await connected.provider.fetchMarkets();
  return { ...connected, timers, symbols: markets.map(({ symbol }) => symbol) };
}

/** What came of a symbol so far, and what it ended with. */
interface Heard {
  readonly candles: Candle[];
  ending?: unknown;
}

function hear(provider: DataProvider, symbol: string): Heard {
  const heard: Heard = { candles: [] };
  void (async () => {
    for await (const candle of provider.watchCandles?.(symbol, '1m') ?? []) {
      heard.candles.push(candle);
    }
  })().catch(({ code }) => {
    heard.ending = code;
  });
  return heard;
}

/** The exchange's own name of a market. */
function idOf(symbol: string): string {
  return `${symbol.split('/')[0]}USDT`;
}

it('a market that is listed no more costs none of those it shared a connection with', async () => {
  await using connected = await timed();
  const { provider, exchange, standIn, timers, symbols } = connected;
  const heard = symbols.map((symbol) => hear(provider, symbol));
  await timers.pass(2 * MINUTE);
  const markets = await exchange.fetchMarkets();
  exchange.fetchMarkets = async () => markets.filter((market) => market?.symbol !== symbols[2]);
  await provider.fetchMarkets();
  standIn.streams.open[0].drop();
  await timers.pass(5 * MINUTE);
  expect(heard.slice(0, 2).map(({ candles }) => candles.length)).toEqual([7, 7]);
  expect(heard[2].ending).toBe('unsupported');
  expect(standIn.streams.connections).toHaveLength(2);
});

it('who asks again for a refused series is heard, whoever has not yet noticed the refusal', async () => {
  await using connected = await timed();
  const { provider, standIn, timers, symbols } = connected;
  const other = hear(provider, symbols[1]);
  const slow = provider.watchCandles?.(symbols[0], '1m')[Symbol.asyncIterator]();
  const first = slow?.next();
  await timers.pass(90_000);
  expect((await first)?.value).toMatchObject({ time: NOW });
  standIn.streams.refused.add(idOf(symbols[0]));
  standIn.streams.open[0].drop();
  await timers.pass(10_000);
  standIn.streams.refused.clear();
  const again = hear(provider, symbols[0]);
  await timers.pass(2 * MINUTE);
  expect(again.candles).toHaveLength(2);
  await expect(slow?.next()).rejects.toMatchObject({ code: 'unsupported' });
  await provider.close?.();
  await timers.pass(100);
  expect([again.ending, other.ending]).toEqual(['aborted', 'aborted']);
});

it('who asks again for a series whose channel died is not given the dead channel', async () => {
  await using connected = await timed();
  const { provider, standIn, timers, symbols } = connected;
  hear(provider, symbols[1]);
  const stop = new AbortController();
  const { signal } = stop;
  const watching = provider.watchCandles?.(symbols[0], '1m', { signal })[Symbol.asyncIterator]();
  const first = watching?.next();
  await timers.pass(70_000);
  await first;
  standIn.streams.open[0].stalled.add(idOf(symbols[0]));
  await watching?.return?.();
  stop.abort();
  const again = hear(provider, symbols[0]);
  await timers.pass(55_000);
  expect(again.candles.map(({ time }) => time)).toEqual([NOW + MINUTE]);
});

it('books that nobody asks for any more are pushed no more', async () => {
  await using connected = await timed({ streamBooks: true });
  const { provider, standIn, timers, symbols } = connected;
  const ask = async (symbol: string): Promise<number> => {
    const before = standIn.count('merge-depth');
    await provider.fetchOrderBook?.(symbol, 15);
    return standIn.count('merge-depth') - before;
  };
  expect(await ask(symbols[0])).toBe(1);
  expect(await ask(symbols[1])).toBe(1);
  for (let minute = 0; minute < 20; minute++) {
    await timers.pass(MINUTE);
    await ask(symbols[0]);
  }
  standIn.streams.open[0].drop();
  await timers.pass(10_000);
  expect(standIn.streams.open.map(({ channels }) => channels.length)).toEqual([1]);
  expect(await ask(symbols[1])).toBe(1);
});

it('a refusal is of the one market it names, be there another of the same name in spot', () => {
  const exchange = new ccxt.pro.bitget();
  const linear = {
    symbol: 'BTC/USDT:USDT',
    type: 'swap',
    swap: true,
    linear: true,
    settle: 'USDT',
  };
  const spot = { symbol: 'BTC/USDT', type: 'spot', spot: true };
  const shared = { id: 'BTCUSDT', base: 'BTC', quote: 'USDT' };
  exchange.setMarkets([{ ...shared, ...linear } as never, { ...shared, ...spot } as never]);
  const refusing = (symbol: string): boolean[] => {
    const topics = [{ kind: 'candles', timeframe: '1m' }, { kind: 'book' }] as const;
    return topics.map((topic) => {
      const channel = topic.kind === 'book' ? 'books15' : 'candle1m';
      const message = { event: 'error', arg: { instType: 'SPOT', channel, instId: 'BTCUSDT' } };
      const view = exchange as unknown as StreamView;
      return isRefusal(view, { topic, symbol } as Channel, message);
    });
  };
  expect(refusing('BTC/USDT')).toEqual([true, true]);
  expect(refusing('BTC/USDT:USDT')).toEqual([false, false]);
});
