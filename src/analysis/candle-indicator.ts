import { type Bar, oneBar } from './block.js';
import type { Columns, Indicator } from './indicator.js';

const OUT = new Float64Array(1);

/** As `ColumnIndicator`, from these fields of candles to numbers. */
export abstract class CandleIndicator<Fields extends keyof Bar>
  implements Indicator<Pick<Bar, Fields>>
{
  abstract readonly lookback: number;

  /** As `ColumnIndicator.advance`; `out` is none of the columns that are read. */
  abstract advance(candles: Columns<Pick<Bar, Fields>>, out: Float64Array, count: number): void;

  next(candle: Pick<Bar, Fields>): number {
    this.advance(oneBar(candle as Partial<Bar>), OUT, 1);
    return OUT[0];
  }
}
