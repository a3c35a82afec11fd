import { type CandleColumns, CandleSeries } from '../../market/candle-series.js';

const FIELDS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;

/** Columns to write candles into, laid out over one buffer as {@link CandleSeries.fromBuffer} reads them. */
export function blankColumns(length: number): CandleColumns {
  const bytes = length * Float64Array.BYTES_PER_ELEMENT;
  const buffer = new ArrayBuffer(FIELDS.length * bytes);
  const column = (i: number): Float64Array => new Float64Array(buffer, i * bytes, length);
  return {
    time: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}

/** The series over columns from {@link blankColumns}, without a copy; they must not be written to any more. */
export function seriesOver(columns: CandleColumns): CandleSeries {
  return CandleSeries.fromBuffer(columns.time.buffer);
}

/** Several series as one. */
export function concatenate(parts: readonly CandleSeries[]): CandleSeries {
  const columns = blankColumns(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    for (const field of FIELDS) columns[field].set(part[field], offset);
    offset += part.length;
  }
  return seriesOver(columns);
}
