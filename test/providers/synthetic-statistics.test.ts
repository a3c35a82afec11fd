import { max, mean, min, sampleCorrelation, sampleKurtosis } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import type { CandleSeries } from '../../src/market/candle-series.js';
import { syntheticProvider } from '../../src/providers/synthetic.js';

const SYMBOLS = ['BTC/USDT', 'ETH/USDT', 'CYTIS/USDT', 'ELDEN/USDT'];

function returns({ close, length }: CandleSeries): number[] {
  return Array.from({ length: length - 1 }, (_, i) => Math.log(close[i + 1] / close[i]));
}

function autocorrelation(values: readonly number[], lag: number): number {
  return sampleCorrelation(values.slice(lag), values.slice(0, -lag));
}

// What R. Cont, "Empirical properties of asset returns", Quantitative Finance 1 (2001), finds in every real market.
describe.each([1, 2, 3])('the synthetic market of seed %d has the shape of a real one:', (seed) => {
  const provider = syntheticProvider({ seed });

  it.each(SYMBOLS)(
    'tails of %s are fatter than normal, at short range and at long',
    async (symbol) => {
      const kurtosis = async (timeframe: '1m' | '4h', count: number) =>
        sampleKurtosis(returns(await provider.fetchCandles(symbol, timeframe, count)));
      expect(await kurtosis('1m', 10_000)).toBeGreaterThan(4);
      expect(await kurtosis('4h', 2_000)).toBeGreaterThan(1.5);
    },
  );

  it.each(SYMBOLS)('volatility of %s clusters, its direction does not', async (symbol) => {
    const hours = returns(await provider.fetchCandles(symbol, '1h', 5_000));
    const sizes = hours.map(Math.abs);
    expect(autocorrelation(sizes, 1)).toBeGreaterThan(0.1);
    expect(autocorrelation(sizes, 24)).toBeGreaterThan(0.03);
    expect(Math.abs(autocorrelation(hours, 1))).toBeLessThan(0.1);
  });

  it('markets move together, but not as one', async () => {
    const markets = (await provider.fetchMarkets()).slice(0, 9);
    const [leader, ...others] = await Promise.all(
      markets.map(async ({ symbol }) => returns(await provider.fetchCandles(symbol, '1h', 2_000))),
    );
    const together = mean(others.map((other) => sampleCorrelation(leader, other)));
    expect(together).toBeGreaterThan(0.25);
    expect(together).toBeLessThan(0.9);
  });

  it('trading is busiest in the European and American afternoon', async () => {
    const { time, volume } = await provider.fetchCandles('BTC/USDT', '1h', 2_400);
    const byHour = Array.from({ length: 24 }, (_, hour) =>
      mean([...volume].filter((_, i) => (time[i] / 3_600_000) % 24 === hour)),
    );
    expect(mean(byHour.slice(13, 16))).toBeGreaterThan(2 * mean(byHour.slice(1, 4)));
  });

  it('busy candles are moving candles', async () => {
    const { high, low, volume } = await provider.fetchCandles('ETH/USDT', '1h', 2_000);
    const ranges = Array.from(high, (top, i) => Math.log(top / low[i]));
    expect(sampleCorrelation(ranges, Array.from(volume, Math.log))).toBeGreaterThan(0.3);
  });

  it('prices neither run away nor grind down to their tick', async () => {
    for (const { symbol, tickSize } of (await provider.fetchMarkets()).slice(0, 16)) {
      const { high, low } = await provider.fetchCandles(symbol, '1d', 2_000);
      expect(min([...low]) / tickSize).toBeGreaterThan(50);
      expect(max([...high]) / min([...low])).toBeLessThan(500);
    }
  });

  it('there are markets that rise, fall and go sideways at any time', async () => {
    const moves: number[] = [];
    for (const { symbol } of await provider.fetchMarkets()) {
      const { open, close, length } = await provider.fetchCandles(symbol, '1d', 10);
      moves.push(close[length - 1] / open[0] - 1);
    }
    expect(moves.filter((move) => move > 0.04).length).toBeGreaterThan(3);
    expect(moves.filter((move) => move < -0.04).length).toBeGreaterThan(3);
    expect(moves.filter((move) => Math.abs(move) < 0.04).length).toBeGreaterThan(3);
  });
});
