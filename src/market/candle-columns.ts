/** One column per field, all of one length. */
export interface CandleColumns {
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** The fields of a candle in the order in which rows and buffers hold them. */
export const CANDLE_FIELDS: readonly (keyof CandleColumns)[] = [
  'time',
  'open',
  'high',
  'low',
  'close',
  'volume',
];

/** What one candle takes in a buffer. */
export const CANDLE_BYTES: number = CANDLE_FIELDS.length * Float64Array.BYTES_PER_ELEMENT;

/** Columns to write candles into, one after another over a single buffer. */
export function blankColumns(length: number): CandleColumns {
  return columnsOver(new ArrayBuffer(length * CANDLE_BYTES));
}

/** The columns that a buffer of whole candles holds; copies nothing. */
export function columnsOver(buffer: ArrayBufferLike): CandleColumns {
  const length = buffer.byteLength / CANDLE_BYTES;
  const column = (i: number): Float64Array =>
    new Float64Array(buffer, i * length * Float64Array.BYTES_PER_ELEMENT, length);
  return {
    time: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}
