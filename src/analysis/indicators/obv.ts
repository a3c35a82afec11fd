import type { CandleSeries } from '../../market/candle-series.js';
import { type Bar, fold } from '../block.js';
import { CandleIndicator } from '../candle-indicator.js';
import type { Columns } from '../indicator.js';

/**
 * Granville's on-balance volume: a running total that adds a candle's volume when its close rose and takes it away when it
 * fell, in base units. As in TA-Lib it starts at the first candle's volume; only its changes mean anything.
 */
export class Obv extends CandleIndicator<'close' | 'volume'> {
  readonly lookback = 0;
  #total = 0;
  #previousClose = 0;

  advance(
    { close, volume }: Columns<Pick<Bar, 'close' | 'volume'>>,
    out: Float64Array,
    count: number,
  ): void {
    let total = this.#total;
    let previous = this.#previousClose;
    for (let i = 0; i < count; i++) {
      const side = Number(close[i] > previous) - Number(close[i] < previous);
      total += side * volume[i];
      previous = close[i];
      out[i] = total;
    }
    this.#total = total;
    this.#previousClose = previous;
  }
}

/** {@link Obv} folded over candles: as long as its input, never `NaN`. */
export function obv({ close, volume }: CandleSeries): Float64Array {
  return fold(new Obv(), close.length, { close, volume }, new Float64Array(close.length));
}
