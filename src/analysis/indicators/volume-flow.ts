import type { CandleSeries } from '../../market/candle-series.js';
import { type Bar, fold } from '../block.js';
import { CandleIndicator } from '../candle-indicator.js';
import type { Columns } from '../indicator.js';
import { RollingSum } from '../rolling/rolling-sum.js';

/**
 * Signed volume over total volume of `length` candles: what on-balance volume changed by, as a share of what was traded,
 * -1 to +1. A candle's volume counts up when its close rose, down when it fell. `NaN` while nothing has traded.
 */
export class VolumeFlow extends CandleIndicator<'close' | 'volume'> {
  readonly lookback: number;
  readonly #signed: RollingSum;
  readonly #total: RollingSum;
  #previousClose: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 14) {
    super();
    this.#signed = new RollingSum(length);
    this.#total = new RollingSum(length);
    this.lookback = length;
  }

  advance(
    { close, volume }: Columns<Pick<Bar, 'close' | 'volume'>>,
    out: Float64Array,
    count: number,
  ): void {
    const signed = this.#signed;
    const total = this.#total;
    let previous = this.#previousClose;
    for (let i = 0; i < count; i++) {
      // The first candle has none before it to compare with.
      const known = Number.isNaN(previous) ? Number.NaN : 1;
      const side = Number(close[i] > previous) - Number(close[i] < previous);
      previous = close[i];
      out[i] = signed.next(side * volume[i] * known) / total.next(volume[i]);
    }
    this.#previousClose = previous;
  }
}

/** {@link VolumeFlow} folded over candles: as long as its input, `NaN` for the first `length` entries. */
export function volumeFlow({ close, volume }: CandleSeries, length = 14): Float64Array {
  const out = new Float64Array(close.length);
  return fold(new VolumeFlow(length), close.length, { close, volume }, out);
}
