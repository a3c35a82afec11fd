import type { Candle } from '../market/candle-series.js';
import type { Columns } from './indicator.js';

/** The fields of a candle that indicators read. */
export type Bar = Pick<Candle, 'high' | 'low' | 'close' | 'volume'>;

/** A column, or columns by name. */
export type Block = Float64Array | Readonly<Record<string, Float64Array>>;

/** What can be advanced by the steps at the beginning of a block, one at least. */
export interface Advancing<Input extends Block, Output extends Block> {
  advance(input: Input, output: Output, count: number): void;
}

/** Advances a fresh kernel over all `length` steps of its input, and hands back the output it filled. */
export function fold<Input extends Block, Output extends Block>(
  kernel: Advancing<Input, Output>,
  length: number,
  input: Input,
  output: Output,
): Output {
  if (length > 0) kernel.advance(input, output, length);
  return output;
}

const VALUE = new Float64Array(1);
const BAR: Columns<Bar> = {
  high: new Float64Array(1),
  low: new Float64Array(1),
  close: new Float64Array(1),
  volume: new Float64Array(1),
};

/** A number as a column of one, good until the next call. */
export function oneValue(value: number): Float64Array {
  VALUE[0] = value;
  return VALUE;
}

/** A candle as columns of one, good until the next call; `NaN` stands for a field that it lacks. */
export function oneBar(candle: Partial<Bar>): Columns<Bar> {
  const { high, low, close, volume } = candle as Bar;
  BAR.high[0] = high;
  BAR.low[0] = low;
  BAR.close[0] = close;
  BAR.volume[0] = volume;
  return BAR;
}
