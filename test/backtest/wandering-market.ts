import type { SymbolHistory } from '../../src/backtest/decisions.js';
import type { ReplayHistory } from '../../src/backtest/replay-history.js';
import { CandleSeries } from '../../src/market/candle-series.js';
import { resample } from '../../src/market/resample.js';

const FIVE_MINUTES = 300_000;

/** A driftless price whose volatility wanders: log volatility reverts slowly, and every day has a busy half. */
export function wanderingMarket(seed: number, days: number, driftPerCandle = 0): SymbolHistory {
  let state = seed;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  let close = 100;
  let wander = 0;
  const rows = Array.from({ length: days * 288 }, (_, i) => {
    wander += 0.05 * normal() - 0.005 * wander;
    const busy = Math.sin((2 * Math.PI * i) / 288) * 0.4;
    const sigma = 0.001 * Math.exp(wander + busy);
    const open = close;
    // A drift that keeps its sign for four days at a time is an edge for whoever follows trends.
    const drift = driftPerCandle * (Math.floor(i / (4 * 288)) % 2 === 0 ? 1 : -1);
    let high = open;
    let low = open;
    for (let k = 0; k < 12; k++) {
      close *= Math.exp(drift / 12 + (sigma * normal()) / Math.sqrt(12));
      high = Math.max(high, close);
      low = Math.min(low, close);
    }
    return [i * FIVE_MINUTES, open, high, low, close, 100 * Math.exp(wander)] as const;
  });
  const base = CandleSeries.from(rows);
  return {
    symbol: `W${seed}`,
    base,
    baseMs: FIVE_MINUTES,
    fast: base,
    slow: resample(base, '5m', '1h'),
  };
}

/** The same as a replay reads it. */
export function replayMarket(seed: number, days: number, driftPerCandle = 0): ReplayHistory {
  const { base, symbol } = wanderingMarket(seed, days, driftPerCandle);
  const market = {
    symbol: `${symbol}/USDT`,
    base: symbol,
    quote: 'USDT',
    tickSize: 0.001,
    lotSize: 0.0001,
    minNotional: 5,
    takerFeeBps: 10,
  };
  const timeframes = ['5m', '15m', '1h', '4h'] as const;
  const candles = new Map(
    timeframes.map((timeframe) => [timeframe, resample(base, '5m', timeframe)]),
  );
  return { market, base, baseTimeframe: '5m', candles };
}
