import { z } from 'zod';
import type { SymbolAnalysis } from '../../scanner/symbol-analysis.js';
import type { LedgerEntry, MarketSignal } from '../../scoring/signal.js';
import { plain, type SignalView, signalSchema, signalView } from './scan-view.js';

/** One part of a score, in words. */
export interface PartView {
  readonly kind: string;
  readonly id: string;
  /** Points of score; those of all parts add up to it. */
  readonly points: number;
  readonly reason: string;
}

/** One market's score, and what it is made of. */
export interface AnalysisView {
  readonly symbol: string;
  readonly as_of: number;
  readonly direction: string;
  readonly score: number;
  readonly confidence: number;
  readonly coverage: number;
  readonly parts: readonly PartView[];
  /** Absent where a rule keeps the market from being a signal. */
  readonly signal?: SignalView;
  readonly rejected_by?: string;
}

/** What is behind a market's score by itself, without the AI scorer and the caps of a portfolio. */
export function analysisView(analysis: SymbolAnalysis): AnalysisView {
  const { signal, rejection, asOf, ledger, direction, score, confidence, coverage } = analysis;
  return {
    symbol: plain(analysis.symbol),
    as_of: asOf,
    ...{ direction, score, confidence, coverage },
    parts: partViews(ledger),
    ...(signal && { signal: signalView(signal) }),
    ...(rejection && { rejected_by: rejection.rule }),
  };
}

/** What is behind a signal's score in the scan it comes from, with the AI scorer's part. */
export function signalAnalysisView(signal: MarketSignal): AnalysisView {
  const { symbol, timestamp, direction, score, confidence, coverage, ledger } = signal;
  return {
    symbol: plain(symbol),
    as_of: timestamp,
    ...{ direction, score, confidence, coverage },
    parts: partViews(ledger),
    signal: signalView(signal),
  };
}

function partViews(ledger: readonly LedgerEntry[]): readonly PartView[] {
  return ledger.map(({ kind, id, microPoints, reason }) => ({
    ...{ kind, id, points: microPoints / 1e6 },
    // What one language model wrote is no text for another, which might take it for an order.
    reason: kind === 'ai' ? 'the opinion of the AI scorer' : plain(reason),
  }));
}

/** The schema of {@link AnalysisView}. */
export const analysisSchema: z.ZodType = z.object({
  symbol: z.string(),
  as_of: z.int(),
  direction: z.string(),
  score: z.number(),
  confidence: z.number(),
  coverage: z.number(),
  parts: z.array(
    z.object({ kind: z.string(), id: z.string(), points: z.number(), reason: z.string() }),
  ),
  signal: signalSchema.optional(),
  rejected_by: z.string().optional(),
});
