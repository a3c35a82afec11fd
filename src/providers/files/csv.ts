import { quote } from '../../errors.js';
import type { CandleRows } from './candle-rows.js';
import { decimalPlaces, type FinestDecimal } from './finest-decimal.js';

/** The first line of every candle file in CSV. */
export const CSV_HEADER = 'timestamp,open,high,low,close,volume';

const FIELDS: readonly string[] = CSV_HEADER.split(',');
const TIMESTAMP = 0;
const VOLUME = FIELDS.length - 1;
const NEWLINE = 10;
const RETURN = 13;
const COMMA = 44;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const UTF8_MARK = '\uFEFF';

// Up to here a decimal's digits and its power of ten are both exact in binary, so that one division rounds correctly.
const EXACT_DIGITS = 15;
const POWERS_OF_TEN: Float64Array = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, i) =>
  Number(`1e${i}`),
);
const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * Reads candle rows from CSV, byte by byte: text is only made of what an error message quotes.
 *
 * @throws ScannerError `bad_data` naming the line and what was found there.
 */
export function readCsv(bytes: Uint8Array, rows: CandleRows): void {
  new CsvReader(bytes, rows).read();
}

class CsvReader {
  readonly #bytes: Uint8Array;
  readonly #rows: CandleRows;
  readonly #row: Float64Array = new Float64Array(FIELDS.length);
  #line = 1;
  #start = 0;

  constructor(bytes: Uint8Array, rows: CandleRows) {
    this.#bytes = bytes;
    this.#rows = rows;
  }

  read(): void {
    this.#header();
    while (this.#start < this.#bytes.length) {
      this.#line++;
      const end = this.#lineEnd();
      if (end > this.#start) this.#readRow(end);
      else if (this.#nextLine(end) < this.#bytes.length) this.#fail('must be a candle, was empty');
      this.#start = this.#nextLine(end);
    }
  }

  #header(): void {
    const end = this.#lineEnd();
    const text = this.#text(0, end).replace(UTF8_MARK, '');
    if (text !== CSV_HEADER) this.#fail(`must be the header "${CSV_HEADER}", was ${quote(text)}`);
    this.#start = this.#nextLine(end);
  }

  #readRow(end: number): void {
    let from = this.#start;
    for (let field = 0; field < FIELDS.length; field++) {
      let to = from;
      while (to < end && this.#bytes[to] !== COMMA) to++;
      if (to === end && field < VOLUME) this.#failCount(end);
      this.#row[field] = this.#number(from, to, field);
      from = to + 1;
    }
    if (from <= end) this.#failCount(end);
    this.#rows.add(this.#line, this.#row);
  }

  #number(from: number, to: number, field: number): number {
    let digits = 0;
    let point = -1;
    for (let i = from; i < to; i++) {
      const byte = this.#bytes[i];
      if (byte >= ZERO && byte <= NINE) digits = digits * 10 + byte - ZERO;
      else if (byte === POINT && point < 0 && i > from) point = i;
      else return this.#unusual(from, to, field);
    }
    const places = point < 0 ? 0 : to - point - 1;
    if (to === from || point === to - 1 || to - from > EXACT_DIGITS) {
      return this.#unusual(from, to, field);
    }
    if (places > this.#decimals(field).places) this.#note(digits, places, field);
    return digits / POWERS_OF_TEN[places];
  }

  // Exponents, signs and long digits: right all the same, only slower.
  #unusual(from: number, to: number, field: number): number {
    const text = this.#text(from, to);
    if (!NUMBER.test(text)) this.#fail(`${FIELDS[field]} must be a number, was ${quote(text)}`);
    const value = Number(text);
    const places = decimalPlaces(value);
    if (places > this.#decimals(field).places) this.#decimals(field).grow(places, this.#row[0]);
    return value;
  }

  #note(digits: number, places: number, field: number): void {
    const decimals = this.#decimals(field);
    let needed = places;
    for (let rest = digits; needed > 0 && rest % 10 === 0; rest /= 10) needed--;
    if (needed > decimals.places) decimals.grow(needed, this.#row[TIMESTAMP]);
  }

  #decimals(field: number): FinestDecimal {
    return field === VOLUME ? this.#rows.volumeDecimals : this.#rows.priceDecimals;
  }

  #lineEnd(): number {
    const at = this.#bytes.indexOf(NEWLINE, this.#start);
    const end = at < 0 ? this.#bytes.length : at;
    return end > this.#start && this.#bytes[end - 1] === RETURN ? end - 1 : end;
  }

  #nextLine(end: number): number {
    return end + (this.#bytes[end] === RETURN ? 2 : 1);
  }

  #text(from: number, to: number): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#bytes.subarray(from, to));
  }

  #failCount(end: number): never {
    const text = this.#text(this.#start, end);
    return this.#fail(
      `must have ${FIELDS.length} fields, has ${text.split(',').length}: ${quote(text)}`,
    );
  }

  #fail(complaint: string): never {
    return this.#rows.fail(this.#line, complaint);
  }
}
