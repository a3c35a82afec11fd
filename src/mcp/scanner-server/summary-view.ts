import { z } from 'zod';
import type { MarketSummary } from '../../scoring/summary.js';
import { type SignalView, signalSchema, signalView } from './scan-view.js';

/** The best signals that a summary names; scan_markets has the others, a page at a time. */
const MOST_OPPORTUNITIES = 10;

/** The market as a whole, as an assistant is shown it. */
export interface SummaryView {
  readonly as_of: number;
  readonly total_symbols: number;
  readonly scanned_symbols: number;
  readonly market_sentiment: string;
  readonly sentiment_score: number;
  readonly breadth?: number;
  readonly volatility_index?: number;
  readonly volume_trends: Readonly<Record<'rising' | 'falling' | 'steady', number>>;
  readonly regime: string;
  readonly top_opportunities: readonly SignalView[];
}

export function summaryView(summary: MarketSummary): SummaryView {
  const { breadth, volatilityIndex } = summary;
  return {
    as_of: summary.timestamp,
    total_symbols: summary.totalSymbols,
    scanned_symbols: summary.scannedSymbols,
    market_sentiment: summary.marketSentiment,
    sentiment_score: summary.sentimentScore,
    ...(breadth !== undefined && { breadth }),
    ...(volatilityIndex !== undefined && { volatility_index: volatilityIndex }),
    volume_trends: summary.volumeTrends,
    regime: summary.regime,
    top_opportunities: summary.topOpportunities.slice(0, MOST_OPPORTUNITIES).map(signalView),
  };
}

/** The schema of {@link SummaryView}. */
export const summarySchema: z.ZodType = z.object({
  as_of: z.int(),
  total_symbols: z.int(),
  scanned_symbols: z.int(),
  market_sentiment: z.string(),
  sentiment_score: z.number(),
  breadth: z.number().optional(),
  volatility_index: z.number().optional(),
  volume_trends: z.object({ rising: z.int(), falling: z.int(), steady: z.int() }),
  regime: z.string(),
  top_opportunities: z.array(signalSchema),
});
