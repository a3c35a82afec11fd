export type { SimulatedMarketOptions } from './causality/simulated-market.js';
export { simulatedMarket } from './causality/simulated-market.js';
export type { FactorMaker } from './causality/subject.js';
export type { ChaoticProvider, ChaoticProviderOptions, Fault } from './chaotic-provider.js';
export { chaoticProvider, FAULTS } from './chaotic-provider.js';
export type { AiScorerCheckOptions, AiScorerReport } from './check-ai-scorer.js';
export { checkAiScorer } from './check-ai-scorer.js';
export type {
  DataProviderCheckOptions,
  DataProviderReport,
  RuleCheck,
} from './check-data-provider.js';
export { checkDataProvider } from './check-data-provider.js';
export type { FactorCheckOptions, FactorReport } from './check-factor.js';
export { checkFactor } from './check-factor.js';
export type { BookFaultName } from './faults/book-faults.js';
export type { CallFaultName } from './faults/call-faults.js';
export type { CandleFaultName } from './faults/candle-faults.js';
export type { TickerFaultName } from './faults/ticker-faults.js';
