export type { ScoredWith } from '../scanner/scoring-input.js';
export { runBacktest } from './backtest.js';
export type { BacktestReport } from './backtest-report.js';
export { backtestReport } from './backtest-report.js';
export type { BacktestOptions, BacktestRun, MarketTerms, TradingTerms } from './backtest-run.js';
export type { TradingCosts } from './costs.js';
export { DEFAULT_COSTS, roundTripCost } from './costs.js';
export { dataHash } from './data-hash.js';
export type { DatedCard } from './dated-card.js';
export type { Decision, DecisionRules, SymbolHistory } from './decisions.js';
export { hourlyDecisions } from './decisions.js';
export type { EquityRatios } from './equity-ratios.js';
export { dailyReturns } from './equity-ratios.js';
export type { HistoryOptions } from './fetch-all.js';
export type { BarrierLine, ForecastLine, RangeLine, TouchLine } from './forecast-line.js';
export type { ForecastLineOptions } from './forecast-lines.js';
export { forecastLines } from './forecast-lines.js';
export type { DayMean } from './journal/day-mean.js';
export type { Drift } from './journal/drift-alarm.js';
export { DRIFT_LIMIT } from './journal/drift-alarm.js';
export { gradeSignal } from './journal/grade-signal.js';
export { openSignals } from './journal/graded.js';
export type { JournalEntry, OutcomeEntry, SignalEntry } from './journal/journal-entry.js';
export { signalEntry } from './journal/journal-entry.js';
export { SignalJournal } from './journal/journal-file.js';
export type { JournalText } from './journal/journal-text.js';
export { readJournal } from './journal/journal-text.js';
export type { AiRecord, TrackRecord } from './journal/track-record.js';
export { trackRecord, withOpinion } from './journal/track-record.js';
export type { TrustedSettings } from './journal/trusted-settings.js';
export { trustedSettings } from './journal/trusted-settings.js';
export type { Outcome } from './labels.js';
export type { FitOptions, HistorySet } from './model-card-fit.js';
export { fitModelCard } from './model-card-fit.js';
export type { ReturnMoments, SharpeEvidence } from './performance.js';
export {
  annualizationFactor,
  deflatedSharpeRatio,
  expectedBestSharpe,
  MIN_RETURNS,
  probabilisticSharpeRatio,
  returnMoments,
  sharpeRatio,
  sortinoRatio,
} from './performance.js';
export { readHistory } from './read-history.js';
export type { ReplayHistory, ReplayHistoryOptions } from './replay-history.js';
export { readReplayHistory } from './replay-history.js';
export type { Estimate } from './resampling.js';
export { groupEstimate, permutationChance, seriesEstimate } from './resampling.js';
export { SymbolReplay } from './symbol-replay.js';
export type { Trade } from './trade.js';
export type { TradeGroup } from './trade-groups.js';
export type { TradeRates } from './trade-rates.js';
export type { TradeSummary } from './trade-summary.js';
export { summarize } from './trade-summary.js';
export type { Fold, WalkForwardOptions } from './walk-forward.js';
export { walkForwardFolds } from './walk-forward.js';
