import { type ReliabilityBin, reliabilityTable } from '../forecast/reliability.js';
import type { BacktestRun, TradingTerms } from './backtest-run.js';
import { dailyReturns, type EquityRatios, equityRatios, turnoverOf } from './equity-ratios.js';
import type { Trade } from './trade.js';
import { bestThreeDaysShare, decilesOf, groupsOf, type TradeGroup } from './trade-groups.js';
import { type TradeRates, tradeRates } from './trade-rates.js';
import { summarize, type TradeSummary } from './trade-summary.js';

/** What a back-test found, with what it does not know. Absent numbers are those that so little data cannot give. */
export interface BacktestReport extends TradeRates, EquityRatios {
  readonly from: number;
  readonly to: number;
  readonly symbols: readonly string[];
  readonly terms: TradingTerms;
  readonly decisions: number;
  readonly signals: number;
  /** Signals that were expected to pay their costs. */
  readonly tradeable: number;
  readonly trades: number;
  readonly startEquity: number;
  readonly endEquity: number;
  readonly summary: TradeSummary;
  /** Mean chance that was forecast for the target, and that a market without direction would give, over trades that have one. */
  readonly meanWinProbability: number | undefined;
  readonly meanNoSkill: number | undefined;
  readonly maxDrawdown: number;
  readonly exposure: number;
  /** Notional traded over mean equity, a year. */
  readonly turnover: number;
  /** Share of trades that ended in a candle that reached both levels. */
  readonly reachedBothShare: number;
  /** Share of trades of which no finer candle told what came first, so that the stop is an assumption. */
  readonly ambiguousShare: number;
  /** Share of the profit of profitable days that the best three of them made. */
  readonly bestThreeDaysShare: number | undefined;
  /** Trades by score, lowest tenth first. */
  readonly deciles: readonly TradeGroup[];
  /** Trades by forecast chance, in groups of 25 or more. */
  readonly reliability: readonly ReliabilityBin[];
  /** Mean net return in basis points, had a round trip cost so much. */
  readonly costSensitivity: readonly { readonly costBps: number; readonly netBps: number }[];
  readonly bySymbol: readonly TradeGroup[];
  readonly byMonth: readonly TradeGroup[];
  /** Ends of the UTC days and, where it lies within one, of the run; and equity then. Ratios leave out days that are not whole. */
  readonly days: readonly number[];
  readonly equity: readonly number[];
  readonly seed: number;
}

const COSTS_BPS = [0, 4, 14, 24] as const;

/** Of the reliability table: the hit rate of fewer trades says next to nothing. */
const LEAST_IN_A_BIN = 25;
const MOST_BINS = 15;

/** Sums up a run. The same run and seed give the same report. */
export function backtestReport(run: BacktestRun, seed = 1): BacktestReport {
  const { trades, startEquity, equity } = run;
  const summary = summarize(trades);
  const known = trades.filter(({ winProbability }) => winProbability !== undefined);
  return {
    from: run.from,
    to: run.to,
    symbols: run.symbols,
    terms: run.terms,
    decisions: run.decisions,
    signals: run.signals,
    tradeable: run.tradeable,
    trades: trades.length,
    startEquity,
    endEquity: equity[equity.length - 1],
    summary,
    ...tradeRates(run, seed),
    meanWinProbability: mean(known, ({ winProbability = 0 }) => winProbability),
    meanNoSkill: mean(known, ({ noSkill = 0 }) => noSkill),
    ...equityRatios(dailyReturns(run), seed),
    maxDrawdown: run.maxDrawdown,
    exposure: run.exposure,
    turnover: turnoverOf(run),
    reachedBothShare: mean(trades, ({ reachedBoth }) => (reachedBoth ? 1 : 0)) ?? 0,
    ambiguousShare: mean(trades, ({ ambiguous }) => (ambiguous ? 1 : 0)) ?? 0,
    bestThreeDaysShare: bestThreeDaysShare(trades),
    deciles: decilesOf(trades),
    reliability: reliabilityTable(
      Float64Array.from(known, ({ winProbability = 0 }) => winProbability),
      Uint8Array.from(known, ({ outcome }) => (outcome === 'target' ? 1 : 0)),
      Math.min(MOST_BINS, Math.max(1, Math.floor(known.length / LEAST_IN_A_BIN))),
    ),
    costSensitivity: COSTS_BPS.map((costBps) => ({ costBps, netBps: summary.grossBps - costBps })),
    bySymbol: groupsOf(trades, ({ symbol }) => symbol),
    byMonth: groupsOf(trades, ({ decidedAt }) => new Date(decidedAt).toISOString().slice(0, 7)),
    days: [...run.days],
    equity: [...equity],
    seed,
  };
}

function mean(trades: readonly Trade[], value: (trade: Trade) => number): number | undefined {
  if (trades.length === 0) return undefined;
  return trades.reduce((sum, trade) => sum + value(trade), 0) / trades.length;
}
