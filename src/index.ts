export type { MarketPhase, PhaseReading } from './analysis/regime/market-phase.js';
export type { MarketRegime } from './analysis/regime/market-regime.js';
export type { RegimeReading } from './analysis/regime/regime-reading.js';
export type { ScannerErrorCode, ScannerErrorOptions } from './errors.js';
export { ScannerError } from './errors.js';
export type { CandleColumns } from './market/candle-columns.js';
export type { Candle, CandleRow } from './market/candle-series.js';
export { CandleSeries } from './market/candle-series.js';
export type { Market } from './market/market.js';
export type { BookLevel, BookSide, OrderBookSnapshot } from './market/order-book.js';
export { OrderBook } from './market/order-book.js';
export type { ResampleOptions } from './market/resample.js';
export { resample } from './market/resample.js';
export type { Ticker } from './market/ticker.js';
export type { Timeframe } from './market/timeframe.js';
export {
  candleOpen,
  isClosed,
  parseTimeframe,
  TIMEFRAMES,
  timeframeMs,
} from './market/timeframe.js';
export type { Trade } from './market/trade-series.js';
export { TradeSeries } from './market/trade-series.js';
export { ceilToStep, floorToStep, fromBps, roundToStep, toBps } from './market/units.js';
export type { Shard } from './parallel/shard.js';
export type { AiReviewOptions, AiScorer } from './ports/ai-scorer.js';
export type { BatchExecutor, BatchOptions } from './ports/batch-executor.js';
export type { Charge, RateLimit } from './ports/charge.js';
export type { Clock, Timers } from './ports/clock.js';
export type {
  DataProvider,
  DataRequestOptions,
  RequestOptions,
  TimeStretch,
} from './ports/data-provider.js';
export type { Logger } from './ports/logger.js';
export type { RateBudget, RequestPriority, TakeOptions } from './ports/rate-budget.js';
export type { PlannedPass, PlannedQuestion, PlannedRequests } from './ports/request-plan.js';
export type { CandidateMarket } from './scanner/ai-review.js';
export type { ScannerConfig, ScannerConfigInput } from './scanner/config.js';
export { parseScannerConfig, scannerConfigSchema } from './scanner/config-schema.js';
export { EnhancedMarketScanner } from './scanner/enhanced-market-scanner.js';
export type { Environment } from './scanner/env.js';
export { configFromEnv } from './scanner/env.js';
export type { Listener } from './scanner/events.js';
export type { HealthStatus } from './scanner/health.js';
export type { ScannerMetrics } from './scanner/metrics.js';
export type { ScanBatch, ScanExecutor } from './scanner/scan-batch.js';
export type { PassPlan, PlannedLimit, ScanPlan } from './scanner/scan-plan.js';
export type { FunnelStage, ScanFailure, ScanReport } from './scanner/scan-report.js';
export type { ScannerEvents, ScanProgress } from './scanner/scanner-events.js';
export type {
  PlanOptions,
  ScannerOptions,
  ScanOptions,
  WatchOptions,
} from './scanner/scanner-options.js';
export type { ScoreChange, ScorePart } from './scanner/score-changes.js';
export { scoreChanges } from './scanner/score-changes.js';
export type { SignalChange, ToldSignal, ToldSignals } from './scanner/signal-changes.js';
export { signalChanges } from './scanner/signal-changes.js';
export type { CalibrationReading } from './scanner/signal-outcomes.js';
export { SignalOutcomes } from './scanner/signal-outcomes.js';
export type { Survey } from './scanner/survey.js';
export type { SymbolAnalysis } from './scanner/symbol-analysis.js';
export type { SymbolOutcome } from './scanner/symbol-outcome.js';
export type { FailedSymbol, SymbolResult } from './scanner/symbol-scanner.js';
export type { Candidate } from './scanner/universe.js';
export type { Workload } from './scanner/workload.js';
export type { Composite } from './scoring/composite.js';
export type { Continuity } from './scoring/continuity.js';
export type { DataQuality } from './scoring/data-quality.js';
export type {
  DataNeed,
  Factor,
  FactorInput,
  FactorReading,
  MarketSnapshot,
  Reason,
} from './scoring/factor.js';
export { defineFactor } from './scoring/factor.js';
export { defaultFactors } from './scoring/factors/default-factors.js';
export { momentumFactor } from './scoring/factors/momentum.js';
export { orderBookFactor } from './scoring/factors/order-book.js';
export { regimeFactor } from './scoring/factors/regime.js';
export { tradeFlowFactor } from './scoring/factors/trade-flow.js';
export type { TrendReading } from './scoring/factors/trend.js';
export { readTrend, trendFactor } from './scoring/factors/trend.js';
export { volatilityFactor } from './scoring/factors/volatility.js';
export { volumeFactor } from './scoring/factors/volume.js';
export type { ScoringInput } from './scoring/judgement.js';
export { Judgement } from './scoring/judgement.js';
export { kellyFraction } from './scoring/kelly.js';
export type { MarketObservation } from './scoring/observation.js';
export type { Outlook } from './scoring/outlook.js';
export type { Penalty } from './scoring/penalties.js';
export type { Selection } from './scoring/portfolio.js';
export { selectSignals } from './scoring/portfolio.js';
export type { PortfolioCaps } from './scoring/portfolio-caps.js';
export type {
  Miss,
  Rejection,
  RejectionInput,
  Remedy,
  ThresholdRule,
} from './scoring/rejection.js';
export { rejectionFor, thresholdMiss } from './scoring/rejection.js';
export type { ScoredMarket } from './scoring/score-market.js';
export { scoreMarket } from './scoring/score-market.js';
export type { ScoringSettings } from './scoring/settings.js';
export { DEFAULT_SCORING_SETTINGS } from './scoring/settings.js';
export type {
  AiAnswer,
  AiMode,
  AiOpinion,
  AiVerdict,
  Direction,
  FactorContribution,
  LedgerEntry,
  MarketSignal,
  OpportunityType,
  QualityCode,
  RiskLevel,
  TradePlan,
  WinProbability,
} from './scoring/signal.js';
export { QUALITY_CODES } from './scoring/signal.js';
export { firstMiss } from './scoring/signal-rules.js';
export type { MarketSummary, MarketSummaryInput } from './scoring/summary.js';
export { summarizeMarket } from './scoring/summary.js';
export type { Touch } from './scoring/touch.js';
export type { PartialSnapshot, Voice } from './scoring/voices.js';
