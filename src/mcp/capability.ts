/** What an analyst can be asked about a market; each is a tool of the same name. */
export const CAPABILITIES = [
  'market_analysis',
  'risk_assessment',
  'pattern_recognition',
  'sentiment_analysis',
  'volatility_prediction',
  'market_regime',
] as const;

/** One kind of question to an analyst. */
export type Capability = (typeof CAPABILITIES)[number];

/** The tools of an analyst: one for each capability, and one that asks many questions at once. */
export const ANALYST_TOOLS: readonly [...typeof CAPABILITIES, 'analyze_batch'] = [
  ...CAPABILITIES,
  'analyze_batch',
];

/** The name of an analyst's tool. */
export type AnalystTool = Capability | 'analyze_batch';

/** How much an analyst is shown: the newest 64, 128 or 256 closes of the plan's timeframe. */
export type AnalysisDepth = 'basic' | 'standard' | 'advanced';

/** The number of closes of each depth. */
export const CLOSES_OF_DEPTH: Readonly<Record<AnalysisDepth, number>> = {
  basic: 64,
  standard: 128,
  advanced: 256,
};
