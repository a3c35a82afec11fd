import { type ReliabilityBin, reliabilityTable } from '../forecast/reliability.js';
import { wilsonInterval } from '../forecast/wilson-interval.js';
import type { BacktestRun } from './backtest-run.js';
import { groupBy } from './group-by.js';
import {
  MIN_RETURNS,
  probabilisticSharpeRatio,
  returnMoments,
  sharpeRatio,
  sortinoRatio,
} from './performance.js';
import { type Estimate, groupEstimate, permutationChance, seriesEstimate } from './resampling.js';
import type { Trade } from './trade.js';

/** What trades of one kind came to. */
export interface TradeSummary {
  readonly count: number;
  /** Share that reached its target first. */
  readonly hitRate: number;
  /** Share with a return above 0 after costs: the only thing to call a win rate. */
  readonly winRate: number;
  /** Mean returns before and after costs, in basis points of what was put in. */
  readonly grossBps: number;
  readonly netBps: number;
}

/** Trades with something in common. */
export interface TradeGroup extends TradeSummary {
  readonly name: string;
}

/** What a back-test found, with what it does not know. Absent numbers are those that so little data cannot give. */
export interface BacktestReport {
  readonly from: number;
  readonly to: number;
  readonly symbols: readonly string[];
  readonly decisions: number;
  readonly signals: number;
  /** Signals that were expected to pay their costs. */
  readonly tradeable: number;
  readonly trades: number;
  readonly startEquity: number;
  readonly endEquity: number;
  readonly summary: TradeSummary;
  /** 95% interval of the win rate, trades taken as independent, which flatters it. */
  readonly winRateInterval: readonly [low: number, high: number];
  /** Mean chance that was forecast for the target, and that a market without direction would give, over trades that have one. */
  readonly meanWinProbability: number | undefined;
  readonly meanNoSkill: number | undefined;
  /** Win rate at which these wins and losses pay for each other: mean loss over mean win plus mean loss, after costs. */
  readonly breakEvenRate: number | undefined;
  /** Mean net return per trade in basis points, with an interval over days. */
  readonly expectancyBps: Estimate | undefined;
  /** Chance that random sides would have done as well before costs. */
  readonly permutationChance: number | undefined;
  /** Annual ratios of daily returns, days without a position among them. */
  readonly sharpe: Estimate | undefined;
  readonly sortino: number | undefined;
  /** Chance that the true Sharpe ratio is above 0. */
  readonly probabilisticSharpe: number | undefined;
  readonly maxDrawdown: number;
  readonly exposure: number;
  /** Notional traded over mean equity, a year. */
  readonly turnover: number;
  /** Share of trades that ended in a candle that reached both levels. */
  readonly ambiguousShare: number;
  /** Share of the gross profit of profitable days that the best three of them made. */
  readonly bestThreeDaysShare: number | undefined;
  /** Trades by score, lowest tenth first. */
  readonly deciles: readonly TradeGroup[];
  readonly reliability: readonly ReliabilityBin[];
  /** Mean net return in basis points, had a round trip cost so much. */
  readonly costSensitivity: readonly { readonly costBps: number; readonly netBps: number }[];
  readonly bySymbol: readonly TradeGroup[];
  readonly byMonth: readonly TradeGroup[];
  /** End of each UTC day, and equity then. */
  readonly days: readonly number[];
  readonly equity: readonly number[];
  readonly seed: number;
}

const DAY_MS = 86_400_000;
const DAYS_PER_YEAR = 365;
const BPS = 1e4;
const COSTS_BPS = [0, 4, 14, 24] as const;
const DECILES = 10;

/** Sums up a run. The same run and seed give the same report. */
export function backtestReport(run: BacktestRun, seed = 1): BacktestReport {
  const { trades, startEquity, equity } = run;
  const endEquity = equity[equity.length - 1];
  const byDay = [
    ...groupBy(trades, ({ decidedAt }) => String(Math.floor(decidedAt / DAY_MS))).values(),
  ];
  const summary = summarize(trades);
  const known = trades.filter(({ winProbability }) => winProbability !== undefined);
  return {
    from: run.from,
    to: run.to,
    symbols: run.symbols,
    decisions: run.decisions,
    signals: run.signals,
    tradeable: run.tradeable,
    trades: trades.length,
    startEquity,
    endEquity,
    summary,
    winRateInterval: wilsonInterval(summary.winRate * trades.length, trades.length),
    meanWinProbability: mean(known, ({ winProbability = 0 }) => winProbability),
    meanNoSkill: mean(known, ({ noSkill = 0 }) => noSkill),
    breakEvenRate: breakEvenRate(trades),
    expectancyBps: groupEstimate(byDay, (sample) => summarize(sample).netBps, seed),
    permutationChance: permutationChance(
      byDay.map((day) => day.map(({ grossReturn }) => grossReturn)),
      seed,
    ),
    ...ratios(dailyReturns(run), seed),
    maxDrawdown: run.maxDrawdown,
    exposure: run.exposure,
    turnover: turnover(run),
    ambiguousShare: trades.filter(({ ambiguous }) => ambiguous).length / Math.max(1, trades.length),
    bestThreeDaysShare: bestThreeDaysShare(trades),
    deciles: deciles(trades),
    reliability: reliabilityTable(
      Float64Array.from(known, ({ winProbability = 0 }) => winProbability),
      Uint8Array.from(known, ({ outcome }) => (outcome === 'target' ? 1 : 0)),
    ),
    costSensitivity: COSTS_BPS.map((costBps) => ({ costBps, netBps: summary.grossBps - costBps })),
    bySymbol: groups(trades, ({ symbol }) => symbol),
    byMonth: groups(trades, ({ decidedAt }) => new Date(decidedAt).toISOString().slice(0, 7)),
    days: [...run.days],
    equity: [...equity],
    seed,
  };
}

function ratios(
  returns: Float64Array,
  seed: number,
): Pick<BacktestReport, 'sharpe' | 'sortino' | 'probabilisticSharpe'> {
  if (returns.length < MIN_RETURNS) {
    return { sharpe: undefined, sortino: undefined, probabilisticSharpe: undefined };
  }
  const annual = (ratio: number | undefined): number | undefined =>
    ratio === undefined ? undefined : ratio * Math.sqrt(DAYS_PER_YEAR);
  const sharpe = sharpeRatio(returns);
  const { count, skewness, kurtosis } = returnMoments(returns);
  return {
    sharpe: seriesEstimate(returns, (sample) => annual(sharpeRatio(sample)), seed),
    sortino: annual(sortinoRatio(returns)),
    probabilisticSharpe:
      sharpe === undefined
        ? undefined
        : probabilisticSharpeRatio({ sharpe, count, skewness, kurtosis }),
  };
}

/** Return of each day, flat days among them. */
export function dailyReturns({
  equity,
  startEquity,
}: Pick<BacktestRun, 'equity' | 'startEquity'>): Float64Array {
  return equity.map((value, i) => value / (i === 0 ? startEquity : equity[i - 1]) - 1);
}

/** What trades came to together; rates are 0 where there are none. */
export function summarize(trades: readonly Trade[]): TradeSummary {
  const count = trades.length;
  const rate = (holds: (trade: Trade) => boolean): number =>
    trades.filter(holds).length / Math.max(1, count);
  return {
    count,
    hitRate: rate(({ outcome }) => outcome === 'target'),
    winRate: rate(({ netReturn }) => netReturn > 0),
    grossBps: BPS * (mean(trades, ({ grossReturn }) => grossReturn) ?? 0),
    netBps: BPS * (mean(trades, ({ netReturn }) => netReturn) ?? 0),
  };
}

function mean(trades: readonly Trade[], value: (trade: Trade) => number): number | undefined {
  if (trades.length === 0) return undefined;
  return trades.reduce((sum, trade) => sum + value(trade), 0) / trades.length;
}

function breakEvenRate(trades: readonly Trade[]): number | undefined {
  const win = mean(
    trades.filter(({ netReturn }) => netReturn > 0),
    ({ netReturn }) => netReturn,
  );
  const loss = mean(
    trades.filter(({ netReturn }) => netReturn <= 0),
    ({ netReturn }) => -netReturn,
  );
  return win === undefined || loss === undefined ? undefined : loss / (win + loss);
}

function turnover({ trades, startEquity, equity, from, to }: BacktestRun): number {
  const traded = trades.reduce(
    (sum, { amount, entryPrice, exitPrice }) => sum + amount * (entryPrice + exitPrice),
    0,
  );
  const meanEquity = equity.reduce((sum, value) => sum + value, 0) / Math.max(1, equity.length);
  return (traded / (meanEquity || startEquity)) * ((DAYS_PER_YEAR * DAY_MS) / (to - from));
}

function bestThreeDaysShare(trades: readonly Trade[]): number | undefined {
  const days = groupBy(trades, ({ exitTime }) => String(Math.floor(exitTime / DAY_MS)));
  const gains = Array.from(days.values(), (day) => day.reduce((sum, { profit }) => sum + profit, 0))
    .filter((profit) => profit > 0)
    .sort((a, b) => b - a);
  const total = gains.reduce((sum, profit) => sum + profit, 0);
  if (total === 0) return undefined;
  return gains.slice(0, 3).reduce((sum, profit) => sum + profit, 0) / total;
}

function deciles(trades: readonly Trade[]): readonly TradeGroup[] {
  const ranked = trades.toSorted((a, b) => a.score - b.score);
  if (ranked.length < DECILES) return [];
  return Array.from({ length: DECILES }, (_, k) => {
    const from = Math.floor((k * ranked.length) / DECILES);
    const to = Math.floor(((k + 1) * ranked.length) / DECILES);
    const name = `${ranked[from].score.toFixed(3)} to ${ranked[to - 1].score.toFixed(3)}`;
    return { name, ...summarize(ranked.slice(from, to)) };
  });
}

function groups(trades: readonly Trade[], nameOf: (trade: Trade) => string): readonly TradeGroup[] {
  return Array.from(groupBy(trades, nameOf), ([name, members]) => ({
    name,
    ...summarize(members),
  })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
