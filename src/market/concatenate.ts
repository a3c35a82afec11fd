import { blankColumns, CANDLE_FIELDS } from './candle-columns.js';
import { CandleSeries } from './candle-series.js';

/**
 * Several series as one.
 *
 * @param parts - Each later than those before it.
 * @throws ScannerError `bad_data` where times do not rise from one to the next.
 */
export function concatenate(parts: readonly CandleSeries[]): CandleSeries {
  const columns = blankColumns(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    for (const field of CANDLE_FIELDS) columns[field].set(part[field], offset);
    offset += part.length;
  }
  return CandleSeries.fromBuffer(columns.time.buffer);
}
