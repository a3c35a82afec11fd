export { fileNews } from './analyst/file-news.js';
export type { AnthropicEngineOptions } from './analyst/language-model/anthropic-engine.js';
export { anthropicEngine } from './analyst/language-model/anthropic-engine.js';
export type { NewsItem, NewsSource } from './analyst/news-source.js';
export type { AnalystOptions } from './analyst/serve-analyst.js';
export { serveAnalyst, serveAnalystStdio } from './analyst/serve-analyst.js';
export type { AnalystEngine } from './analyst/statistical-engine.js';
export { statisticalEngine } from './analyst/statistical-engine.js';
export type {
  AnalystAnswer,
  MarketAnalysis,
  PatternRecognition,
  RegimeAnalysis,
  RiskAssessment,
  SentimentAnalysis,
  VolatilityPrediction,
} from './analyst-answer.js';
export type { AnalystQuestion } from './analyst-question.js';
export type { AnalysisDepth, AnalystTool, Capability } from './capability.js';
export { CAPABILITIES } from './capability.js';
export type { HttpOptions, HttpService } from './http.js';
export type {
  Backtester,
  BacktestRequest,
  BacktestRunOptions,
} from './scanner-server/backtester.js';
export { serveScanner, serveScannerStdio } from './scanner-server/serve-scanner.js';
export type { ScannerServerOptions } from './scanner-server/served-scanner.js';
export type { McpScorer } from './scorer/mcp-scorer.js';
export { mcpScorer } from './scorer/mcp-scorer.js';
export type { PeerState } from './scorer/peer.js';
export type { McpScorerOptions } from './scorer/scorer-options.js';
export { scorerOptionsFromEnv } from './scorer/scorer-options.js';
export type { Protocol, ServerAddress } from './scorer/server-address.js';
