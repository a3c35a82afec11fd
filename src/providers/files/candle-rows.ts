import { ScannerError } from '../../errors.js';
import type { CandleColumns } from '../../market/candle-columns.js';
import { CandleSeries } from '../../market/candle-series.js';
import { candleOpen, type Timeframe } from '../../market/timeframe.js';
import { FinestDecimal } from './finest-decimal.js';

/** Which file rows come from, for messages and checks. */
export interface RowSource {
  readonly fileName: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Rows that open later than this come from the future, epoch milliseconds. */
  readonly latest: number;
}

/** What one candle file held. */
export interface CandleFileContent {
  readonly candles: CandleSeries;
  readonly priceDecimals: FinestDecimal;
  readonly volumeDecimals: FinestDecimal;
}

const FIELDS = 6;

/** Candles under collection from one file, each checked against its time and its neighbour as it arrives. */
export class CandleRows {
  readonly priceDecimals: FinestDecimal = new FinestDecimal();
  readonly volumeDecimals: FinestDecimal = new FinestDecimal();
  readonly #source: RowSource;
  #columns: Float64Array[];
  #firstLine = 0;
  #length = 0;

  constructor(source: RowSource, expectedRows: number) {
    this.#source = source;
    this.#columns = Array.from({ length: FIELDS }, () => new Float64Array(expectedRows + 1));
  }

  /** @throws ScannerError `bad_data` naming file and line. */
  fail(line: number, complaint: string): never {
    const { fileName, symbol } = this.#source;
    throw new ScannerError('bad_data', `${fileName} line ${line}: ${complaint}`, { symbol });
  }

  /**
   * Takes a row. Each line holds one, so lines follow each other as rows do.
   *
   * @param row - Time, open, high, low, close, volume; copied.
   */
  add(line: number, row: Float64Array): void {
    this.#checkTime(line, row[0]);
    const i = this.#length;
    if (i === 0) this.#firstLine = line;
    if (i === this.#columns[0].length) this.#grow();
    for (let f = 0; f < FIELDS; f++) this.#columns[f][i] = row[f];
    this.#length++;
  }

  finish(): CandleFileContent {
    const { priceDecimals, volumeDecimals } = this;
    if (this.#length === 0) {
      const { fileName, symbol } = this.#source;
      throw new ScannerError('bad_data', `${fileName} must hold candles, has none`, { symbol });
    }
    const candles = this.#series(0, this.#length);
    return { candles, priceDecimals, volumeDecimals };
  }

  #checkTime(line: number, time: number): void {
    const { timeframe, latest } = this.#source;
    if (!(Number.isSafeInteger(time) && time >= 0)) {
      this.fail(line, `timestamp must be whole epoch milliseconds, was ${time}`);
    }
    if (candleOpen(time, timeframe) !== time) {
      this.fail(line, `timestamp must open a candle of ${timeframe}, was ${time}`);
    }
    if (time > latest) this.fail(line, `timestamp must not lie in the future, was ${time}`);
    const previous = this.#columns[0][this.#length - 1];
    if (time <= previous) {
      const again = time === previous ? 'again' : `after ${previous}`;
      this.fail(line, `timestamp must rise, was ${time} ${again}`);
    }
  }

  #series(start: number, end: number): CandleSeries {
    const [time, open, high, low, close, volume] = this.#columns.map((column) =>
      column.subarray(start, end),
    );
    return this.#checked({ time, open, high, low, close, volume }, start);
  }

  #checked(columns: CandleColumns, start: number): CandleSeries {
    try {
      return CandleSeries.fromColumns(columns);
    } catch (error) {
      // The series names a row of its own; who mends the file needs the line. Times rise, so each row stands for itself.
      const length = columns.time.length;
      if (length === 1) this.fail(this.#firstLine + start, complaintOf(error));
      for (let i = start; i < start + length; i++) this.#series(i, i + 1);
      throw error;
    }
  }

  #grow(): void {
    const wider = (column: Float64Array): Float64Array => {
      const copy = new Float64Array(column.length * 2);
      copy.set(column);
      return copy;
    };
    this.#columns = this.#columns.map(wider);
  }
}

function complaintOf(error: unknown): string {
  return error instanceof Error ? error.message.replace('candle row 0: ', '') : String(error);
}
