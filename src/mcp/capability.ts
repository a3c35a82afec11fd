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

/** How much an analyst is shown: the newest 64, 128 or 256 closes of the plan's timeframe. */
export type AnalysisDepth = 'basic' | 'standard' | 'advanced';
