import { quote, ScannerError } from '../errors.js';
import {
  blankColumns,
  CANDLE_BYTES,
  CANDLE_FIELDS,
  type CandleColumns,
  columnsOver,
} from './candle-columns.js';

/** One closed OHLCV bar. */
export interface Candle {
  /** Open time, epoch milliseconds. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Traded base amount. */
  readonly volume: number;
}

/** A candle as exchanges send it: `[time, open, high, low, close, volume]`. */
export type CandleRow = readonly [
  time: number,
  open: number,
  high: number,
  low: number,
  close: number,
  volume: number,
];

/**
 * Closed candles of one symbol and timeframe, oldest first, one column per field over a single buffer.
 *
 * Whoever holds a series holds a valid one: times rise strictly, prices are finite and positive,
 * `low <= open, close <= high`, and no volume is negative. Gaps are allowed and stay gaps.
 *
 * @example
 * ```ts
 * import { CandleSeries } from 'enhanced-market-scanner';
 *
 * const series = CandleSeries.from([
 *   [1_700_000_040_000, 100, 101, 99, 100.5, 12],
 *   [1_700_000_100_000, 100.5, 102, 100, 101, 8],
 * ]);
 * console.log(series.length, series.at(-1)?.close); // 2 101
 * ```
 */
export class CandleSeries implements Iterable<Candle>, CandleColumns {
  readonly length: number;
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  #packed: ArrayBufferLike | undefined;

  private constructor(columns: CandleColumns, packed: ArrayBufferLike | undefined) {
    this.length = columns.time.length;
    this.time = columns.time;
    this.open = columns.open;
    this.high = columns.high;
    this.low = columns.low;
    this.close = columns.close;
    this.volume = columns.volume;
    this.#packed = packed;
  }

  /**
   * Copies candles or rows into columns.
   *
   * @throws ScannerError `bad_data` naming the row and the value that breaks a rule of the class.
   */
  static from(candles: Iterable<Candle | CandleRow>): CandleSeries {
    const rows = Array.isArray(candles)
      ? (candles as readonly (Candle | CandleRow)[])
      : [...candles];
    const columns = blankColumns(rows.length);
    for (let i = 0; i < rows.length; i++) writeRow(columns, i, rows[i]);
    return new CandleSeries(checked(columns), columns.time.buffer);
  }

  /**
   * Copies columns of equal length.
   *
   * @throws ScannerError `bad_data` as {@link CandleSeries.from} does, or when the lengths differ.
   */
  static fromColumns(columns: CandleColumns): CandleSeries {
    const length = columns.time.length;
    const copy = blankColumns(length);
    for (const field of CANDLE_FIELDS) {
      if (columns[field].length !== length) {
        throw new ScannerError(
          'bad_data',
          `candle columns must have one length: time has ${length}, ${field} has ${columns[field].length}`,
        );
      }
      copy[field].set(columns[field]);
    }
    return new CandleSeries(checked(copy), copy.time.buffer);
  }

  /**
   * Restores a series from the {@link CandleSeries.buffer} of another, for example in another thread. Copies nothing.
   *
   * @throws ScannerError `bad_data` when the buffer does not hold six columns of valid candles.
   */
  static fromBuffer(buffer: ArrayBufferLike): CandleSeries {
    if (buffer.byteLength % CANDLE_BYTES !== 0) {
      throw new ScannerError(
        'bad_data',
        `candle buffer must hold ${CANDLE_FIELDS.length} columns of 8-byte numbers, has ${buffer.byteLength} bytes`,
      );
    }
    return new CandleSeries(checked(columnsOver(buffer)), buffer);
  }

  /** A series without candles. */
  static empty(): CandleSeries {
    const columns = blankColumns(0);
    return new CandleSeries(columns, columns.time.buffer);
  }

  /** The six columns one after another; of a {@link CandleSeries.slice}, a packed copy made on first use. */
  get buffer(): ArrayBufferLike {
    if (this.#packed === undefined) {
      const copy = blankColumns(this.length);
      for (const field of CANDLE_FIELDS) copy[field].set(this[field]);
      this.#packed = copy.time.buffer;
    }
    return this.#packed;
  }

  /** The candle at `index`; negative counts from the newest. */
  at(index: number): Candle | undefined {
    const i = index < 0 ? this.length + index : index;
    if (!(Number.isInteger(i) && i >= 0 && i < this.length)) return undefined;
    return {
      time: this.time[i],
      open: this.open[i],
      high: this.high[i],
      low: this.low[i],
      close: this.close[i],
      volume: this.volume[i],
    };
  }

  /** A view of part of the series, with the indices of `Array.prototype.slice`; copies nothing. */
  slice(start?: number, end?: number): CandleSeries {
    return new CandleSeries(
      {
        time: this.time.subarray(start, end),
        open: this.open.subarray(start, end),
        high: this.high.subarray(start, end),
        low: this.low.subarray(start, end),
        close: this.close.subarray(start, end),
        volume: this.volume.subarray(start, end),
      },
      undefined,
    );
  }

  /** How many candles opened before `time`: the index of the first that did not. */
  indexAt(time: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.time[middle] < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  *[Symbol.iterator](): IterableIterator<Candle> {
    for (let i = 0; i < this.length; i++) yield this.at(i) as Candle;
  }
}

function writeRow(columns: CandleColumns, i: number, row: Candle | CandleRow | undefined): void {
  if (typeof row !== 'object' || row === null) {
    throw new ScannerError(
      'bad_data',
      `candle row ${i} must be a candle or a row, was ${quote(row)}`,
    );
  }
  for (let f = 0; f < CANDLE_FIELDS.length; f++) {
    const field = CANDLE_FIELDS[f];
    const value: unknown = Array.isArray(row) ? row[f] : (row as Candle)[field];
    if (typeof value !== 'number') {
      throw new ScannerError(
        'bad_data',
        `candle row ${i}: ${field} must be a number, was ${quote(value)}`,
      );
    }
    columns[field][i] = value;
  }
}

function checked(columns: CandleColumns): CandleColumns {
  let previous = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < columns.time.length; i++) {
    const time = columns.time[i];
    if (!(Number.isSafeInteger(time) && time > previous && isSound(columns, i))) {
      throw new ScannerError('bad_data', `candle row ${i}: ${complaint(columns, i, previous)}`);
    }
    previous = time;
  }
  return columns;
}

// Written as "not (good)" so that NaN, for which every comparison is false, is never sound.
function isSound({ open, high, low, close, volume }: CandleColumns, i: number): boolean {
  return (
    low[i] > 0 &&
    low[i] <= open[i] &&
    low[i] <= close[i] &&
    open[i] <= high[i] &&
    close[i] <= high[i] &&
    high[i] < Number.POSITIVE_INFINITY &&
    volume[i] >= 0 &&
    volume[i] < Number.POSITIVE_INFINITY
  );
}

function complaint(columns: CandleColumns, i: number, previous: number): string {
  const { time, open, high, low, close, volume } = columns;
  if (!Number.isSafeInteger(time[i]))
    return `time must be whole epoch milliseconds, was ${time[i]}`;
  if (time[i] <= previous) return `time must rise, was ${time[i]} after ${previous}`;
  for (const field of ['open', 'high', 'low', 'close'] as const) {
    const value = columns[field][i];
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
      return `${field} must be a finite price above 0, was ${value}`;
    }
  }
  if (!(volume[i] >= 0 && volume[i] < Number.POSITIVE_INFINITY)) {
    return `volume must be finite and not negative, was ${volume[i]}`;
  }
  return `low <= open, close <= high must hold, was open ${open[i]} high ${high[i]} low ${low[i]} close ${close[i]}`;
}
