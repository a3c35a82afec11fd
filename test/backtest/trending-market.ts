import type { SymbolHistory } from '../../src/backtest/decisions.js';
import type { ReplayHistory } from '../../src/backtest/replay-history.js';
import { CandleSeries } from '../../src/market/candle-series.js';
import { resample } from '../../src/market/resample.js';
import { candleWalk, normalStream } from '../../src/testing/causality/simulated-market.js';

const FIVE_MINUTES = 300_000;
const PER_DAY = 288;

/** Deviation of a five-minute return: a wild market, on which an edge that may only whisper can still pay its costs. */
const SIGMA = 0.006;

/** How much of a hidden trend is left after a candle: about two days to forget it. */
const KEPT = 0.9985;

/**
 * A market with a hidden trend that lasts for days and drifts by `edge` standard deviations a candle: whoever reads trends and
 * momentum can tell what comes. Without an edge it is chance alone.
 */
export function trendingMarket(seed: number, days: number, edge: number): CandleSeries {
  const normal = normalStream(seed);
  let price = 100;
  let trend = 0;
  const rows = Array.from({ length: days * PER_DAY }, (_, i) => {
    const open = price;
    trend = KEPT * trend + Math.sqrt(1 - KEPT ** 2) * normal();
    const sigma = SIGMA * Math.exp(0.3 * Math.sin(i / 500));
    const drift = edge * sigma * trend - sigma ** 2 / 2;
    const { high, low, close } = candleWalk(open, drift, sigma, normal);
    price = close;
    return [i * FIVE_MINUTES, open, high, low, price, 1000 * Math.exp(0.3 * normal())] as const;
  });
  return CandleSeries.from(rows);
}

/** The same as a fit reads it. */
export function fittedMarket(seed: number, days: number, edge: number): SymbolHistory {
  const base = trendingMarket(seed, days, edge);
  const slow = resample(base, '5m', '1h');
  return { symbol: `T${seed}`, base, baseMs: FIVE_MINUTES, fast: base, slow };
}

/** The same as a replay reads it. */
export function tradedMarket(seed: number, days: number, edge: number): ReplayHistory {
  const base = trendingMarket(seed, days, edge);
  const market = {
    ...{ symbol: `T${seed}/USDT`, base: `T${seed}`, quote: 'USDT' },
    ...{ tickSize: 1e-6, lotSize: 1e-6, minNotional: 0, takerFeeBps: 10 },
  };
  const timeframes = ['5m', '15m', '1h', '4h'] as const;
  const candles = new Map(
    timeframes.map((timeframe) => [timeframe, resample(base, '5m', timeframe)]),
  );
  return { market, base, baseTimeframe: '5m', candles };
}
