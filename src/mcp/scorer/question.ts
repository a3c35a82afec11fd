import type { CandleSeries } from '../../market/candle-series.js';
import type { Timeframe } from '../../market/timeframe.js';
import type { MarketSignal } from '../../scoring/signal.js';
import type { AnalystQuestion } from '../analyst-question.js';
import { type AnalysisDepth, CLOSES_OF_DEPTH } from '../capability.js';

/** A name that says nothing of the market it stands for. */
export type Alias = `S${number}`;

declare const LISTED: unique symbol;
/** A symbol whose letters are those of a symbol. */
export type ListedSymbol = string & { readonly [LISTED]: true };

/** What leaves for an analyst: numbers, words of closed lists, and an alias unless symbols are disclosed. */
export type QuestionPayload = Omit<AnalystQuestion, 'symbol'> & {
  readonly symbol: Alias | ListedSymbol;
};

/** What a question is made of besides the signal. */
export interface QuestionTerms {
  readonly name: Alias | ListedSymbol;
  readonly candles: CandleSeries | undefined;
  readonly timeframe: Timeframe;
  readonly asOf: number;
  readonly depth: AnalysisDepth;
  readonly models: readonly string[];
}

/** A symbol as it may be disclosed; `undefined` for one with letters that no symbol has. */
export function listedSymbol(symbol: string): ListedSymbol | undefined {
  return /^[\p{L}\p{N}._:/-]{1,40}$/u.test(symbol) ? (symbol as ListedSymbol) : undefined;
}

/** The question about one signal. Closes are relative to the newest, so that they do not tell the market. */
export function questionAbout(
  signal: MarketSignal,
  { name, candles, timeframe, asOf, depth, models }: QuestionTerms,
): QuestionPayload {
  const closes = candles?.close.subarray(-CLOSES_OF_DEPTH[depth]) ?? new Float64Array();
  const last = closes[closes.length - 1];
  return {
    symbol: name,
    timeframe,
    as_of: asOf,
    closes: Array.from(closes, (close) => Number((close / last).toPrecision(7))),
    direction: signal.direction === 'short' ? 'short' : 'long',
    depth,
    features: {
      base_score: rounded(signal.baseScore),
      bias: rounded(signal.bias),
      confidence: rounded(signal.confidence),
      coverage: rounded(signal.coverage),
      trend_strength: rounded(signal.trendStrength),
    },
    ...(models.length > 0 && { model_hints: models.slice(0, 5) }),
  };
}

// Two digits: a price that ticks within a candle must not make a question new.
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
