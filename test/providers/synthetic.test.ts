import { describe, expect, it } from 'vitest';
import { resample } from '../../src/market/resample.js';
import { syntheticProvider } from '../../src/providers/synthetic.js';

const HOUR = 3_600_000;

describe('syntheticProvider', () => {
  it('gives the same market for the same seed, whatever was asked before', async () => {
    const first = syntheticProvider({ seed: 5 });
    const second = syntheticProvider({ seed: 5 });
    await second.fetchCandles('ETH/USDT', '4h', 30);
    await second.fetchOrderBook('BTC/USDT', 5);
    expect(await second.fetchCandles('BTC/USDT', '5m', 300)).toEqual(
      await first.fetchCandles('BTC/USDT', '5m', 300),
    );
  });

  it('gives another market for another seed', async () => {
    const a = await syntheticProvider({ seed: 5 }).fetchCandles('BTC/USDT', '1h', 10);
    const b = await syntheticProvider({ seed: 6 }).fetchCandles('BTC/USDT', '1h', 10);
    expect([...a.close]).not.toEqual([...b.close]);
  });

  it('folds every longer timeframe from the same minutes', async () => {
    const provider = syntheticProvider();
    const minutes = await provider.fetchCandles('ETH/USDT', '1m', 3 * 1440);
    for (const timeframe of ['5m', '15m', '1h', '4h'] as const) {
      const folded = resample(minutes, '1m', timeframe);
      const served = await provider.fetchCandles('ETH/USDT', timeframe, folded.length);
      for (const field of ['time', 'open', 'high', 'low', 'close'] as const) {
        expect(served[field]).toEqual(folded[field]);
      }
      // The exchange counts whole lots; adding decimals rounds in the last place.
      for (let i = 0; i < folded.length; i++) {
        expect(served.volume[i] / folded.volume[i]).toBeCloseTo(1, 12);
      }
    }
  });

  it('shows the past as it was', async () => {
    const provider = syntheticProvider();
    const now = provider.now();
    const later = await provider.fetchCandles('BTC/USDT', '15m', 104);
    const earlier = await provider.fetchCandles('BTC/USDT', '15m', 100, { asOf: now - HOUR });
    expect(later.slice(0, 100)).toEqual(earlier);
  });
});
