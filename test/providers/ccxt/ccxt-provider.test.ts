import ccxt from 'ccxt';
import { describe, expect, it } from 'vitest';
import type { Charge } from '../../../src/ports/charge.js';
import type { RateBudget } from '../../../src/ports/rate-budget.js';
import { ccxtProvider } from '../../../src/providers/ccxt/ccxt-provider.js';
import { syntheticProvider } from '../../../src/providers/synthetic.js';
import { connect, NOW } from './ccxt-stand-in.js';

const SYMBOL = 'BTC/USDT:USDT';
const DAY_MS = 86_400_000;

/** A budget that never runs out and remembers what was spent. */
function openPurse(): RateBudget & { readonly spent: string[] } {
  const spent: string[] = [];
  return {
    spent,
    async take(charges: readonly Charge[]) {
      spent.push(charges.map(({ limit, weight }) => `${limit.name} ${weight}`).join(', '));
    },
    freeze() {},
    frozenFor: () => 0,
  };
}

describe('a provider over ccxt', () => {
  it('reads the past page by page, as far back as an exchange keeps it', async () => {
    await using connected = await connect({ exchange: 'bitget', symbols: 1 });
    const asOf = NOW - 40 * DAY_MS;
    const candles = await connected.provider.fetchCandles(SYMBOL, '1m', 450, { asOf });
    const source = syntheticProvider({ symbols: 1 });
    const expected = await source.fetchCandles('BTC/USDT', '1m', 450, { asOf });
    expect([...candles]).toEqual([...expected]);
    expect(connected.standIn.count('history-candles')).toBe(3);
  });

  it('asks once for what several need at the same time', async () => {
    await using connected = await connect({ exchange: 'bitget', symbols: 1 });
    const { provider, standIn } = connected;
    await Promise.all(['1m', '5m', '1h'].map((tf) => provider.fetchCandles(SYMBOL, tf as '1m', 3)));
    expect(standIn.count('public/time')).toBe(1);
    expect(standIn.count('contracts')).toBe(6);
    expect(standIn.count('candles')).toBe(3);
  });

  it('pays for every request, and has the owner of the exchange pay from the same purse', async () => {
    const budget = openPurse();
    await using connected = await connect({
      exchange: 'binanceusdm',
      symbols: 1,
      provider: { budget },
    });
    const { provider, exchange, standIn } = connected;
    await provider.fetchCandles(SYMBOL, '1m', 450);
    await provider.fetchOrderBook?.(SYMBOL, 100);
    await provider.fetchTickers([SYMBOL]);
    await exchange.fetchFundingRate(SYMBOL);
    const name = `binanceusdm@${standIn.baseUrl}`;
    expect(budget.spent).toEqual(
      [
        'time 1',
        'listing 1',
        'candles 2',
        'book 5',
        'tickers 40',
        'bids and asks 5',
        'owner 1',
      ].map((what) => `${name} ${what.split(' ').at(-1)}`),
    );
    expect(standIn.requests).toHaveLength(budget.spent.length);
  });

  it.each([
    ['tickers', 'fetchTickers', [SYMBOL]],
    ['order books', 'fetchOrderBook', SYMBOL],
    ['trades', 'fetchTrades', SYMBOL],
  ] as const)('has no %s of an earlier moment', async (what, method, argument) => {
    await using connected = await connect({ exchange: 'bitget', symbols: 1 });
    const options = { asOf: NOW - 3_600_000 };
    const call =
      method === 'fetchTickers'
        ? connected.provider.fetchTickers(argument, options)
        : connected.provider[method]?.(argument, 5, options);
    await expect(call).rejects.toMatchObject({
      code: 'unsupported',
      message: `bitget shows ${what} of the present alone`,
    });
  });

  it('takes an exchange of ccxt and nothing else', () => {
    expect(() => ccxtProvider('bitget' as never)).toThrow(
      'ccxtProvider takes an exchange of ccxt, such as new ccxt.bitget(), was "bitget"',
    );
    expect(() => ccxtProvider(new ccxt.bitget(), { timeoutMs: 0 })).toThrow(
      'timeoutMs must be finite and above 0, was 0',
    );
  });
});
