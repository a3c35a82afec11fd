import { quote } from '../../errors.js';
import type { CandleRows } from './candle-rows.js';
import { decimalPlaces, type FinestDecimal } from './finest-decimal.js';

const FIELDS = ['timestamp', 'open', 'high', 'low', 'close', 'volume'] as const;

/**
 * Reads candle rows from NDJSON: each line `[time, open, high, low, close, volume]`, or an object with the names of the CSV
 * header.
 *
 * @throws ScannerError `bad_data` naming the line and what was found there.
 */
export function readNdjson(bytes: Uint8Array, rows: CandleRows): void {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const row = new Float64Array(FIELDS.length);
  lines.forEach((text, i) => {
    readRow(text, i + 1, rows, row);
    rows.add(i + 1, row);
  });
}

function readRow(text: string, line: number, rows: CandleRows, row: Float64Array): void {
  const json = parse(text, line, rows);
  for (let f = 0; f < FIELDS.length; f++) {
    const value: unknown = Array.isArray(json) ? json[f] : json[FIELDS[f]];
    if (typeof value !== 'number') {
      rows.fail(line, `${FIELDS[f]} must be a number, was ${quote(value)}`);
    }
    row[f] = value;
  }
  for (let f = 1; f < FIELDS.length; f++) {
    note(f === FIELDS.length - 1 ? rows.volumeDecimals : rows.priceDecimals, row[f], row[0]);
  }
}

function parse(text: string, line: number, rows: CandleRows): unknown[] | Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return json as Record<string, unknown>;
  } catch {
    // Text that is not JSON and JSON that is not a row get the same answer.
  }
  return rows.fail(line, `must be a JSON array or object, was ${quote(text)}`);
}

function note(decimals: FinestDecimal, value: number, time: number): void {
  const places = decimalPlaces(value);
  if (places > decimals.places) decimals.grow(places, time);
}
