import type { SymbolHistory } from '../../src/backtest/decisions.js';
import { CandleSeries } from '../../src/market/candle-series.js';
import { resample } from '../../src/market/resample.js';

const FIVE_MINUTES = 300_000;

/** A driftless price whose volatility wanders: log volatility reverts slowly, and every day has a busy half. */
export function wanderingMarket(seed: number, days: number): SymbolHistory {
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
    let high = open;
    let low = open;
    for (let k = 0; k < 12; k++) {
      close *= Math.exp((sigma * normal()) / Math.sqrt(12));
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
