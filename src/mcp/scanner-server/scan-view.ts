import { z } from 'zod';
import type { MarketSignal } from '../../scoring/signal.js';
import type { KeptScan } from './scan-shelf.js';

/** One signal as an assistant is shown it. */
export interface SignalView {
  readonly symbol: string;
  readonly direction: string;
  readonly score: number;
  readonly base_score: number;
  readonly confidence: number;
  readonly coverage: number;
  readonly entry_price: number;
  readonly stop_loss: number;
  readonly take_profit: number;
  readonly reward_to_risk: number;
  readonly risk_level: string;
  readonly market_phase: string;
  readonly quality: readonly string[];
}

/** A scan as an assistant is shown it. Empty is not failed: what failed is listed with its code. */
export interface ScanView {
  /** Names the scan in later questions. */
  readonly scan_id: string;
  readonly as_of: number;
  readonly took_ms: number;
  readonly counts: {
    readonly scanned: number;
    readonly signals: number;
    readonly rejected: number;
    readonly failed: number;
  };
  readonly signals: readonly SignalView[];
  /** Where the next page begins; absent on the last. */
  readonly next_offset?: number;
  readonly errors: readonly { readonly symbol: string; readonly code: string }[];
  readonly ai: string;
}

/** Which signals of a scan are shown. */
export interface ScanFilter {
  readonly limit: number;
  readonly offset: number;
  readonly min_score?: number | undefined;
  readonly direction?: 'long' | 'short' | undefined;
}

/** Most failures that are listed; a source that is down fails every symbol the same way. */
const MOST_ERRORS = 20;

/** A page of a scan's signals. */
export function scanView({ id, report }: KeptScan, filter: ScanFilter): ScanView {
  const { limit, offset, min_score = 0, direction } = filter;
  const { signals, failures, rejections, asOf, durationMs, scanned, ai, error } = report;
  const wanted = signals.filter(
    (signal) => signal.score >= min_score && (direction ?? signal.direction) === signal.direction,
  );
  const end = offset + limit;
  const source = error === undefined ? [] : [{ symbol: '*', code: error.code }];
  const failed = failures.map(({ symbol, error: { code } }) => ({ symbol: plain(symbol), code }));
  return {
    scan_id: id,
    as_of: asOf,
    took_ms: Math.round(durationMs),
    counts: {
      ...{ scanned, signals: signals.length },
      ...{ rejected: rejections.length, failed: failures.length },
    },
    signals: wanted.slice(offset, end).map(signalView),
    ...(end < wanted.length && { next_offset: end }),
    errors: [...source, ...failed].slice(0, MOST_ERRORS),
    ai,
  };
}

/** The fields of a signal that an assistant is shown. */
export function signalView(signal: MarketSignal): SignalView {
  return {
    symbol: plain(signal.symbol),
    direction: signal.direction,
    score: signal.score,
    base_score: signal.baseScore,
    confidence: signal.confidence,
    coverage: signal.coverage,
    entry_price: signal.entryPrice,
    stop_loss: signal.stopLoss,
    take_profit: signal.takeProfit,
    reward_to_risk: signal.rewardToRisk,
    risk_level: signal.riskLevel,
    market_phase: signal.marketPhase,
    quality: signal.quality,
  };
}

/** Text of an exchange as a model may read it: what could pass for markup or for a line of ours is gone. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>`]+/gu, ' ').slice(0, 200);
}

/** The schema of {@link SignalView}. */
export const signalSchema: z.ZodType = z.object({
  symbol: z.string(),
  direction: z.string(),
  score: z.number(),
  base_score: z.number(),
  confidence: z.number(),
  coverage: z.number(),
  entry_price: z.number(),
  stop_loss: z.number(),
  take_profit: z.number(),
  reward_to_risk: z.number(),
  risk_level: z.string(),
  market_phase: z.string(),
  quality: z.array(z.string()),
});

/** The schema of {@link ScanView}. */
export const scanViewSchema: z.ZodType = z.object({
  scan_id: z.string(),
  as_of: z.int(),
  took_ms: z.int(),
  counts: z.object({
    scanned: z.int(),
    signals: z.int(),
    rejected: z.int(),
    failed: z.int(),
  }),
  signals: z.array(signalSchema),
  next_offset: z.int().optional(),
  errors: z.array(z.object({ symbol: z.string(), code: z.string() })),
  ai: z.string(),
});
