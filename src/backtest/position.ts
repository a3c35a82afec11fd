import type { Candle } from '../market/candle-series.js';
import type { Market } from '../market/market.js';
import { fromBps } from '../market/units.js';
import { fillPenalty, fundingCost, type TradingCosts } from './costs.js';
import type { Outcome } from './labels.js';
import type { Order } from './order.js';
import type { Trade } from './trade.js';

/** Where a position ends within a candle, by the candle's own prices. */
interface Exit {
  readonly outcome: Outcome;
  readonly price: number;
  readonly ambiguous: boolean;
  /** Whether a resting order was filled, which pays neither spread nor slippage. */
  readonly isResting: boolean;
}

/**
 * An open position: entered at a candle's open, ended by a stop, a target or time.
 *
 * What cannot be known is decided against the position. A candle that reaches both levels ends it at the stop; a gap fills
 * the stop at the open; a target is a resting order and is filled only when the price trades through it by a tick.
 */
export class Position {
  readonly order: Order;
  readonly market: Market;
  readonly entryTime: number;
  readonly entryPrice: number;
  readonly amount: number;
  readonly #costs: TradingCosts;
  readonly #rawEntry: number;
  readonly #sign: 1 | -1;

  constructor(order: Order, entry: Candle, amount: number, costs: TradingCosts) {
    this.order = order;
    this.market = order.market;
    this.amount = amount;
    this.entryTime = entry.time;
    this.#costs = costs;
    this.#rawEntry = entry.open;
    this.#sign = order.side === 'long' ? 1 : -1;
    this.entryPrice = entry.open * (1 + this.#sign * fillPenalty(costs));
  }

  /** What is paid for going in, in quote currency. */
  get entryFee(): number {
    return fromBps(this.market.takerFeeBps) * this.amount * this.entryPrice;
  }

  /** Profit at a price before what is paid for going out, in quote currency. */
  profitAt(price: number): number {
    return this.#sign * this.amount * (price - this.entryPrice);
  }

  /** Profit at the worst price of a candle. */
  worstProfit({ high, low }: Candle): number {
    return this.profitAt(this.#sign > 0 ? low : high);
  }

  /** The finished trade, if this candle ends it. */
  end(candle: Candle, closeTime: number): Trade | undefined {
    const exit = this.#touched(candle) ?? this.#timedOut(candle, closeTime);
    return exit && this.#trade(exit, closeTime);
  }

  #touched({ open, high, low }: Candle): Exit | undefined {
    const { stopLoss, takeProfit } = this.order;
    const sign = this.#sign;
    const worst = sign > 0 ? low : high;
    const best = sign > 0 ? high : low;
    const isStopped = sign * (stopLoss - worst) >= 0;
    // Prices lie on ticks, so half a tick beyond is a whole one, whatever the binary noise.
    const isHit = sign * (best - takeProfit) > this.market.tickSize / 2;
    if (isStopped) {
      const isGap = sign * (stopLoss - open) > 0;
      const price = isGap ? open : stopLoss;
      return { outcome: 'stop', price, ambiguous: isHit, isResting: false };
    }
    if (!isHit) return undefined;
    const price = sign * (open - takeProfit) > 0 ? open : takeProfit;
    return { outcome: 'target', price, ambiguous: false, isResting: true };
  }

  #timedOut({ close }: Candle, closeTime: number): Exit | undefined {
    if (closeTime < this.entryTime + this.order.horizonMs) return undefined;
    return { outcome: 'timeout', price: close, ambiguous: false, isResting: false };
  }

  /** The trade if it had to end now: what is left when the data end. */
  close({ close }: Candle, closeTime: number): Trade {
    return this.#trade(
      { outcome: 'timeout', price: close, ambiguous: false, isResting: false },
      closeTime,
    );
  }

  #trade(exit: Exit, exitTime: number): Trade {
    const { order, amount, entryPrice, market } = this;
    const sign = this.#sign;
    const exitPrice = exit.isResting
      ? exit.price
      : exit.price * (1 - sign * fillPenalty(this.#costs));
    const fee = fromBps(market.takerFeeBps) * amount * (entryPrice + exitPrice);
    const held = exitTime - this.entryTime;
    const funding = fundingCost(market, this.#costs, held) * amount * entryPrice;
    const profit = this.profitAt(exitPrice) - fee - funding;
    return {
      symbol: market.symbol,
      side: order.side,
      decidedAt: order.decidedAt,
      score: order.score,
      winProbability: order.winProbability,
      noSkill: order.noSkill,
      tradeable: order.tradeable,
      amount,
      target: order.target,
      stop: order.stop,
      entryTime: this.entryTime,
      entryPrice,
      exitTime,
      exitPrice,
      outcome: exit.outcome,
      ambiguous: exit.ambiguous,
      grossReturn: (sign * (exit.price - this.#rawEntry)) / this.#rawEntry,
      netReturn: profit / (amount * entryPrice),
      profit,
    };
  }
}
