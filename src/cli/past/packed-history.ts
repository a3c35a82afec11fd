import type { SymbolHistory } from '../../backtest/decisions.js';
import type { HistorySet } from '../../backtest/model-card-fit.js';
import type { ReplayHistory } from '../../backtest/replay-history.js';
import { CandleSeries } from '../../market/candle-series.js';
import type { Timeframe } from '../../market/timeframe.js';

/** What of a replay's history decisions are taken on, as a thread takes it. */
export interface PackedReplay extends Pick<ReplayHistory, 'market' | 'baseTimeframe'> {
  readonly base: ArrayBufferLike;
  readonly candles: readonly (readonly [Timeframe, ArrayBufferLike])[];
}

export function packReplay({ market, baseTimeframe, base, candles }: ReplayHistory): PackedReplay {
  const columns = Array.from(candles, ([name, series]) => [name, packed(series)] as const);
  return { market, baseTimeframe, base: packed(base), candles: columns };
}

export function unpackReplay({ base, candles, ...named }: PackedReplay): ReplayHistory {
  const series = candles.map(([name, buffer]) => [name, CandleSeries.fromBuffer(buffer)] as const);
  return { ...named, base: CandleSeries.fromBuffer(base), candles: new Map(series) };
}

/** What forecasts are made and fitted on, as a thread takes it. */
export interface PackedSymbol extends Pick<SymbolHistory, 'symbol' | 'baseMs'> {
  readonly base: ArrayBufferLike;
  readonly fast: ArrayBufferLike;
  readonly slow: ArrayBufferLike;
}

export function packSymbol({ base, fast, slow, ...named }: SymbolHistory): PackedSymbol {
  return { ...named, base: packed(base), fast: packed(fast), slow: packed(slow) };
}

export function unpackSymbol({ base, fast, slow, ...named }: PackedSymbol): SymbolHistory {
  const series = CandleSeries.fromBuffer;
  return { ...named, base: series(base), fast: series(fast), slow: series(slow) };
}

/** A set of histories, as a thread takes it. */
export interface PackedSet extends Pick<HistorySet, 'name'> {
  readonly histories: readonly PackedSymbol[];
}

export function packSet({ name, histories }: HistorySet): PackedSet {
  return { name, histories: histories.map(packSymbol) };
}

export function unpackSet({ name, histories }: PackedSet): HistorySet {
  return { name, histories: histories.map(unpackSymbol) };
}

/** A copy that nobody keeps: a series remembers its own, which would be there as long as the history is. */
function packed(series: CandleSeries): ArrayBufferLike {
  return series.slice().buffer;
}
