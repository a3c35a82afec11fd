import type { CandleSeries } from '../../market/candle-series.js';
import { type Bar, BLOCK, fold } from '../block.js';
import { CandleIndicator } from '../candle-indicator.js';
import type { Columns } from '../indicator.js';
import { RollingSum } from '../rolling/rolling-sum.js';
import { TIE_TOLERANCE } from '../tie.js';

const FALLING = new Float64Array(BLOCK);

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
    let previous = this.#previous;
    for (let i = 0; i < count; i++) {
      const typical = (high[i] + low[i] + close[i]) / 3;
      const change = typical - previous;
      const tie = TIE_TOLERANCE * typical;
      const money = typical * volume[i];
      previous = typical;
      out[i] = Number(change > tie) * money;
      FALLING[i] = Number(change < -tie) * money;
    }
    // The first candle has none before it to compare with.
    if (Number.isNaN(this.#previous)) out[0] = Number.NaN;
    this.#previous = previous;
    this.#rising.advance(out, out, count);
    this.#falling.advance(FALLING, FALLING, count);
    for (let i = 0; i < count; i++) {
      const moved = out[i] + FALLING[i];
      out[i] = moved === 0 ? 0 : (100 * out[i]) / moved;
    }
  }
}

/** {@link Mfi} folded over candles: as long as its input, `NaN` for the first `length` entries. */
export function mfi({ high, low, close, volume }: CandleSeries, length = 14): Float64Array {
  const out = new Float64Array(close.length);
  return fold(new Mfi(length), close.length, { high, low, close, volume }, out);
}
