import type { CandleSeries } from '../../market/candle-series.js';
import { type Bar, fold } from '../block.js';
import { CandleIndicator } from '../candle-indicator.js';
import type { Columns } from '../indicator.js';
import { RollingSum } from '../rolling/rolling-sum.js';
import { TIE_TOLERANCE } from '../tie.js';

/**
 * Money flow index: the share of the money traded over `length` candles that changed hands while the typical price
 * `(high + low + close) / 3` rose, 0 to 100.
 *
 * A candle whose typical price equals the one before it (by `TIE_TOLERANCE`) counts for neither side; 0 where no money
 * moved either way, as in TA-Lib.
 */
export class Mfi extends CandleIndicator<keyof Bar> {
  readonly lookback: number;
  readonly #rising: RollingSum;
  readonly #falling: RollingSum;
  #previous: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 14) {
    super();
    this.#rising = new RollingSum(length);
    this.#falling = new RollingSum(length);
    this.lookback = length;
  }

  advance({ high, low, close, volume }: Columns<Bar>, out: Float64Array, count: number): void {
    const rising = this.#rising;
    const falling = this.#falling;
    let previous = this.#previous;
    for (let i = 0; i < count; i++) {
      const typical = (high[i] + low[i] + close[i]) / 3;
      const change = typical - previous;
      const tie = TIE_TOLERANCE * typical;
      const money = typical * volume[i];
      // The first candle has none before it to compare with.
      const known = Number.isNaN(previous) ? Number.NaN : 1;
      previous = typical;
      const up = rising.next(Number(change > tie) * money * known);
      const moved = up + falling.next(Number(change < -tie) * money);
      out[i] = moved === 0 ? 0 : (100 * up) / moved;
    }
    this.#previous = previous;
  }
}

/** {@link Mfi} folded over candles: as long as its input, `NaN` for the first `length` entries. */
export function mfi({ high, low, close, volume }: CandleSeries, length = 14): Float64Array {
  const out = new Float64Array(close.length);
  return fold(new Mfi(length), close.length, { high, low, close, volume }, out);
}
