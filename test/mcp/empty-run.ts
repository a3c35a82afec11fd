import type { BacktestRun } from '../../src/backtest/backtest-run.js';
import { DEFAULT_COSTS } from '../../src/backtest/costs.js';

/** A past in which nothing was traded. */
export const EMPTY_RUN: BacktestRun = {
  ...{ from: 0, to: 864e5, symbols: ['A/USDT'], decisions: 0, signals: 0, tradeable: 0 },
  ...{ trades: [], startEquity: 10_000, maxDrawdown: 0, exposure: 0 },
  terms: {
    ...{ costs: DEFAULT_COSTS, latencyBars: 0, everyMs: 3e5, horizonMs: 864e5, tradeAll: true },
    ...{ markets: [], cards: [] },
  },
  days: Float64Array.of(864e5),
  equity: Float64Array.of(10_000),
};
