import type { Candle, CandleSeries } from '../market/candle-series.js';
import type { Market } from '../market/market.js';
import { floorToStep } from '../market/units.js';
import type { ScannerConfig } from '../scanner/config.js';
import { Usage } from '../scoring/portfolio-caps.js';
import type { TradingCosts } from './costs.js';
import type { Order } from './order.js';
import { Position } from './position.js';
import type { Trade } from './trade.js';

/** Money, and the positions it is in: at most one a symbol, together within the caps of the portfolio. */
export class Account {
  /** Equity less what open positions have gained or lost. */
  cash: number;
  readonly trades: Trade[] = [];
  readonly #positions = new Map<string, Position>();
  readonly #profits = new Map<string, number>();
  readonly #costs: TradingCosts;
  readonly #caps: ScannerConfig;

  constructor(cash: number, caps: ScannerConfig, costs: TradingCosts) {
    this.cash = cash;
    this.#caps = caps;
    this.#costs = costs;
  }

  /** Whether a symbol has a position. */
  holds(symbol: string): boolean {
    return this.#positions.has(symbol);
  }

  /** Marked to the newest closes. */
  get equity(): number {
    let sum = this.cash;
    for (const profit of this.#profits.values()) sum += profit;
    return sum;
  }

  /** Notional of what is open, as a multiple of equity. */
  get exposure(): number {
    let notional = 0;
    for (const { amount, entryPrice } of this.#positions.values()) notional += amount * entryPrice;
    return notional / this.equity;
  }

  /** The orders that fit beside what is open or on its way, best score first; one a symbol. */
  admitted(orders: readonly Order[], pending: Iterable<Order>): readonly Order[] {
    const usage = new Usage();
    for (const { order } of this.#positions.values()) usage.take(order);
    for (const order of pending) usage.take(order);
    const taken: Order[] = [];
    for (const order of orders.toSorted(byScore)) {
      if (this.holds(order.symbol) || usage.broken(order, this.#caps) !== undefined) continue;
      usage.take(order);
      taken.push(order);
    }
    return taken;
  }

  /** Fills an order at a candle's open, unless the price has left the plan or the market takes no order so small. */
  enter(order: Order, market: Market, candle: Candle): boolean {
    const { stopLoss, takeProfit } = order;
    const { open } = candle;
    const isWithinPlan =
      Math.min(stopLoss, takeProfit) < open && open < Math.max(stopLoss, takeProfit);
    const amount = floorToStep((this.equity * order.notionalMultiple) / open, market.lotSize);
    if (!isWithinPlan || !(amount > 0) || amount * open < market.minNotional) return false;
    const position = new Position(order, market, candle, amount, this.#costs);
    this.#positions.set(order.symbol, position);
    this.#profits.set(order.symbol, -position.entryFee);
    return true;
  }

  /**
   * Follows a symbol's position through one candle.
   *
   * @param finer - The candle's own shorter candles, see `Position`.
   * @returns What the position was worth at the candle's worst price, less what it was worth at its close or end.
   */
  follow(
    symbol: string,
    candle: Candle,
    closeTime: number,
    finer: () => CandleSeries | undefined,
  ): number {
    const position = this.#positions.get(symbol);
    if (position === undefined) return 0;
    const worst = position.worstProfit(candle) - position.entryFee;
    const trade = position.end(candle, closeTime, finer);
    if (trade !== undefined) {
      this.#settle(symbol, trade);
      // A stop ended it before anything worse; whoever waited for a target or for time lived through all of the candle.
      return trade.outcome === 'stop' ? 0 : Math.min(0, worst - trade.profit);
    }
    const profit = position.profitAt(candle.close) - position.entryFee;
    this.#profits.set(symbol, profit);
    return worst - profit;
  }

  /** Ends a position at a close because there is no more data. */
  liquidate(symbol: string, candle: Candle, closeTime: number): void {
    const position = this.#positions.get(symbol);
    if (position !== undefined) this.#settle(symbol, position.close(candle, closeTime));
  }

  #settle(symbol: string, trade: Trade): void {
    this.trades.push(trade);
    this.cash += trade.profit;
    this.#positions.delete(symbol);
    this.#profits.delete(symbol);
  }
}

function byScore(a: Order, b: Order): number {
  return b.score - a.score || (a.symbol < b.symbol ? -1 : 1);
}
