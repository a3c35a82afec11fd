import type { TimeframeReadings } from '../analysis/timeframe-reader.js';
import type { CandleSeries } from '../market/candle-series.js';
import type { Timeframe } from '../market/timeframe.js';
import { Judgement, type ScoringInput } from '../scoring/judgement.js';
import { ledgerOf } from '../scoring/ledger.js';
import type { Rejection } from '../scoring/rejection.js';
import { scoreMarket } from '../scoring/score-market.js';
import type { Direction, LedgerEntry, MarketSignal, QualityCode } from '../scoring/signal.js';

/** Everything behind one symbol's score, whether or not it would be a signal. */
export interface SymbolAnalysis {
  readonly symbol: string;
  /** The moment the analysis speaks of, epoch milliseconds. */
  readonly asOf: number;
  /** The signal it would be by itself; the caps of a portfolio and the AI scorer are not asked. */
  readonly signal: MarketSignal | undefined;
  /** Why it would be none. */
  readonly rejection: Rejection | undefined;
  readonly direction: Direction;
  /** -1 to +1. */
  readonly bias: number;
  /** 0 to 1. */
  readonly score: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** Share of the asked-for evidence that was there, 0 to 1. */
  readonly coverage: number;
  /** What adds up to the score. */
  readonly ledger: readonly LedgerEntry[];
  /** The indicators of each timeframe that has candles. */
  readonly readings: ReadonlyMap<Timeframe, TimeframeReadings>;
  /** The closed candles it was read from, by timeframe. */
  readonly candles: ReadonlyMap<Timeframe, CandleSeries>;
  readonly quality: readonly QualityCode[];
}

/** Analyses what one symbol is scored from. */
export function analyzeSymbol(input: ScoringInput): SymbolAnalysis {
  const { snapshot } = input;
  const { voices, composite, penalties, direction, score, quality } = new Judgement(input);
  const scored = scoreMarket(input);
  return {
    symbol: snapshot.market.symbol,
    asOf: snapshot.time,
    signal: scored.kind === 'signal' ? scored.signal : undefined,
    rejection: scored.kind === 'rejection' ? scored.rejection : undefined,
    direction,
    bias: composite.bias,
    score,
    confidence: composite.confidence,
    coverage: composite.coverage,
    ledger: ledgerOf(voices, composite, penalties),
    readings: snapshot.readings ?? new Map(),
    candles: snapshot.candles ?? new Map(),
    quality: quality.codes,
  };
}
