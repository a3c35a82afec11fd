import { timeframeMs } from '../market/timeframe.js';
import type { BacktestRun } from './backtest-run.js';
import {
  MIN_RETURNS,
  probabilisticSharpeRatio,
  returnMoments,
  sharpeRatio,
  sortinoRatio,
} from './performance.js';
import { type Estimate, seriesEstimate } from './resampling.js';

/** Annual ratios of the returns of whole days, those without a position among them; absent where there are too few. */
export interface EquityRatios {
  readonly sharpe: Estimate | undefined;
  readonly sortino: number | undefined;
  /** Chance that the true Sharpe ratio is above 0. */
  readonly probabilisticSharpe: number | undefined;
  /** Deviation of a year's return: what a drawdown is to be read beside. */
  readonly volatility: number | undefined;
}

const DAY_MS = 86_400_000;
const DAYS_PER_YEAR = 365;
const TOO_SHORT: EquityRatios = {
  sharpe: undefined,
  sortino: undefined,
  probabilisticSharpe: undefined,
  volatility: undefined,
};

/** Return of each whole UTC day, flat days among them; a ratio is of equal intervals, so a day that the span cuts is none. */
export function dailyReturns(
  run: Pick<BacktestRun, 'from' | 'terms' | 'days' | 'equity' | 'startEquity'>,
): Float64Array {
  const { days, equity, startEquity } = run;
  const returns = equity.map((value, i) => value / (i === 0 ? startEquity : equity[i - 1]) - 1);
  return returns.filter((_, i) => days[i] % DAY_MS === 0 && (i > 0 || beginsWithItsDay(run)));
}

/** Whether the first day lacks no candle: before the first candle of a day has closed nothing can be held. */
function beginsWithItsDay({
  from,
  terms,
  days,
}: Pick<BacktestRun, 'from' | 'terms' | 'days'>): boolean {
  const candle = Math.min(...terms.markets.map(({ baseTimeframe }) => timeframeMs(baseTimeframe)));
  return from - candle <= days[0] - DAY_MS;
}

/** What daily returns came to. */
export function equityRatios(returns: Float64Array, seed: number): EquityRatios {
  if (returns.length < MIN_RETURNS) return TOO_SHORT;
  const annual = (ratio: number | undefined): number | undefined =>
    ratio === undefined ? undefined : ratio * Math.sqrt(DAYS_PER_YEAR);
  const sharpe = sharpeRatio(returns);
  const { count, deviation, skewness, kurtosis } = returnMoments(returns);
  return {
    sharpe: seriesEstimate(returns, (sample) => annual(sharpeRatio(sample)), seed),
    sortino: annual(sortinoRatio(returns)),
    probabilisticSharpe:
      sharpe === undefined
        ? undefined
        : probabilisticSharpeRatio({ sharpe, count, skewness, kurtosis }),
    volatility: annual(deviation),
  };
}

/** Notional traded over mean equity, a year. */
export function turnoverOf({ trades, startEquity, equity, from, to }: BacktestRun): number {
  const traded = trades.reduce(
    (sum, { amount, entryPrice, exitPrice }) => sum + amount * (entryPrice + exitPrice),
    0,
  );
  const meanEquity = equity.reduce((sum, value) => sum + value, 0) / Math.max(1, equity.length);
  return (traded / (meanEquity || startEquity)) * ((DAYS_PER_YEAR * DAY_MS) / (to - from));
}
