import { ScannerError } from '../../errors.js';
import { CandleSeries } from '../../market/candle-series.js';
import type { ScanBatch } from '../../scanner/scan-batch.js';
import type { SymbolResult } from '../../scanner/symbol-scanner.js';
import type { ScoredMarket } from '../../scoring/score-market.js';

/** The part of an error that crosses a border. */
export type PackedError = ReturnType<ScannerError['toJSON']>;

/** A result as plain data. */
export type PackedResult =
  | {
      readonly symbol: string;
      readonly scored: ScoredMarket;
      /** `CandleSeries.buffer` of the plan's candles, where the scan wants them. */
      readonly candles?: ArrayBuffer | undefined;
    }
  | { readonly symbol: string; readonly error: PackedError };

/** A result as plain data. The candles are a copy: they may be handed over without being missed. */
export function packResult(result: SymbolResult, { wantsCandles }: ScanBatch): PackedResult {
  const { symbol, scored, error } = result;
  if (error !== undefined) return { symbol, error: error.toJSON() };
  const candles = wantsCandles ? result.market?.candles : undefined;
  if (candles === undefined) return { symbol, scored };
  return { symbol, scored, candles: new Uint8Array(candles.buffer).slice().buffer };
}

/** The result that {@link packResult} packed; `undefined` when the batch has no such symbol. */
export function unpackResult(packed: PackedResult, batch: ScanBatch): SymbolResult | undefined {
  const { symbol } = packed;
  const candidate = batch.candidates.find(({ market }) => market.symbol === symbol);
  if (candidate === undefined) return undefined;
  if ('error' in packed) return { symbol, scored: undefined, error: unpackError(packed.error) };
  const { scored, candles } = packed;
  const series = candles && CandleSeries.fromBuffer(candles);
  const market =
    scored.kind === 'signal' ? { market: candidate.market, candles: series } : undefined;
  return { symbol, scored, market, error: undefined };
}

/** The error that was packed by `toJSON`. */
export function unpackError({ code, message, symbol }: PackedError): ScannerError {
  return new ScannerError(code, message, { symbol });
}
