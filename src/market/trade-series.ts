import { quote, ScannerError } from '../errors.js';

/** One public trade. */
export interface Trade {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly price: number;
  /** Base amount. */
  readonly amount: number;
  /** Who crossed the spread. */
  readonly side: 'buy' | 'sell';
}

/**
 * Public trades in columns, oldest first; several may share a time.
 *
 * @example
 * ```ts
 * import { TradeSeries } from 'enhanced-market-scanner';
 *
 * const trades = TradeSeries.from([{ time: 0, price: 100, amount: 2, side: 'buy' }]);
 * console.log(trades.side[0]); // 1
 * ```
 */
export class TradeSeries {
  private constructor(
    readonly length: number,
    readonly time: Float64Array,
    readonly price: Float64Array,
    readonly amount: Float64Array,
    /** +1 when the buyer was the taker, -1 when the seller was. */
    readonly side: Int8Array,
  ) {}

  /**
   * Copies trades.
   *
   * @throws ScannerError `bad_data` naming the row when a value is not finite and above 0, a time runs backwards, or a
   * side is neither `buy` nor `sell`.
   */
  static from(trades: Iterable<Trade>): TradeSeries {
    const rows = [...trades];
    const time = new Float64Array(rows.length);
    const price = new Float64Array(rows.length);
    const amount = new Float64Array(rows.length);
    const side = new Int8Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      check(row, i, i === 0 ? Number.NEGATIVE_INFINITY : time[i - 1]);
      time[i] = row.time;
      price[i] = row.price;
      amount[i] = row.amount;
      side[i] = row.side === 'buy' ? 1 : -1;
    }
    return new TradeSeries(rows.length, time, price, amount, side);
  }

  /** A view of part of the trades, with the indices of `Array.prototype.slice`; copies nothing. */
  slice(start?: number, end?: number): TradeSeries {
    const time = this.time.subarray(start, end);
    return new TradeSeries(
      time.length,
      time,
      this.price.subarray(start, end),
      this.amount.subarray(start, end),
      this.side.subarray(start, end),
    );
  }
}

function check(trade: Trade, i: number, previous: number): void {
  const fail = (rule: string, value: unknown): never => {
    throw new ScannerError('bad_data', `trade row ${i}: ${rule}, was ${quote(value)}`);
  };
  if (typeof trade !== 'object' || trade === null) fail('a trade must be an object', trade);
  if (!Number.isSafeInteger(trade.time)) fail('time must be whole epoch milliseconds', trade.time);
  if (trade.time < previous) fail(`time must not fall below ${previous}`, trade.time);
  for (const field of ['price', 'amount'] as const) {
    const value = trade[field];
    if (!(typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY)) {
      fail(`${field} must be finite and above 0`, value);
    }
  }
  if (trade.side !== 'buy' && trade.side !== 'sell')
    fail("side must be 'buy' or 'sell'", trade.side);
}
