import type { Candle, CandleSeries } from '../market/candle-series.js';
import type { Market } from '../market/market.js';
import { fromBps } from '../market/units.js';
import { fillPenalty, fundingCost, type TradingCosts } from './costs.js';
import type { Outcome } from './labels.js';
import type { Order } from './order.js';
import { priceAtLevel } from './price-at-level.js';
import type { Trade } from './trade.js';

/** Where a position ends within a candle, by the candle's own prices. */
interface Exit {
  readonly outcome: Outcome;
  readonly price: number;
  /** Whether the candle reached both levels, so that what came first is an assumption. */
  readonly ambiguous: boolean;
  /** Whether a resting order was filled, which pays neither spread nor slippage. */
  readonly isResting: boolean;
}

/**
 * An open position: entered at a candle's open, ended by a stop, a target or time.
 *
 * What cannot be known is decided against the position. A candle that reaches both levels ends it at the stop, unless finer
 * candles tell what came first; one that opens beyond a level ends it there, at the open, whatever came later; a target is a
 * resting order and is filled only when the price trades through it by a tick.
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

  constructor(order: Order, market: Market, entry: Candle, amount: number, costs: TradingCosts) {
    this.order = order;
    this.market = market;
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

  /**
   * The finished trade, if this candle ends it.
   *
   * @param finer - The candle's own shorter candles, where there are some; asked for only when the candle reached both levels.
   */
  end(
    candle: Candle,
    closeTime: number,
    finer: () => CandleSeries | undefined = () => undefined,
  ): Trade | undefined {
    const touched = this.#touched(candle);
    const exit = touched ?? this.#timedOut(candle, closeTime);
    const reachedBoth = exit?.ambiguous === true;
    const told = reachedBoth ? this.#firstOf(finer()) : undefined;
    return exit && this.#trade(told ?? exit, closeTime, reachedBoth);
  }

  /** What came first by finer candles; `undefined` where they do not show both levels, and so miss something. */
  #firstOf(finer: CandleSeries | undefined): Exit | undefined {
    if (finer === undefined || finer.length === 0) return undefined;
    const whole = {
      open: finer.open[0],
      high: finer.high.reduce((a, b) => Math.max(a, b)),
      low: finer.low.reduce((a, b) => Math.min(a, b)),
    };
    if (this.#touched(whole)?.ambiguous !== true) return undefined;
    for (const candle of finer) {
      const exit = this.#touched(candle);
      if (exit !== undefined) return exit;
    }
    return undefined;
  }

  #touched({ open, high, low }: Pick<Candle, 'open' | 'high' | 'low'>): Exit | undefined {
    const { stopLoss, takeProfit } = this.order;
    const sign = this.#sign;
    const worst = sign > 0 ? low : high;
    const best = sign > 0 ? high : low;
    const isStopped = sign * (stopLoss - worst) >= 0;
    // Prices lie on ticks, so half a tick beyond is a whole one, whatever the binary noise.
    const isBeyond = (price: number): boolean =>
      sign * (price - takeProfit) > this.market.tickSize / 2;
    const isHit = isBeyond(best);
    if (isStopped && !isBeyond(open)) {
      const price = priceAtLevel(stopLoss, open, sign < 0);
      const ambiguous = isHit && sign * (open - stopLoss) > 0;
      return { outcome: 'stop', price, ambiguous, isResting: false };
    }
    if (!isHit) return undefined;
    const price = priceAtLevel(takeProfit, open, sign > 0);
    return { outcome: 'target', price, ambiguous: false, isResting: true };
  }

  #timedOut({ close }: Candle, closeTime: number): Exit | undefined {
    if (closeTime < this.entryTime + this.order.horizonMs) return undefined;
    return { outcome: 'timeout', price: close, ambiguous: false, isResting: false };
  }

  /** The trade if it had to end now: what is left when the data end. */
  close({ close }: Candle, closeTime: number): Trade {
    const exit = { outcome: 'timeout', price: close, ambiguous: false, isResting: false } as const;
    return this.#trade(exit, closeTime, false);
  }

  #trade(exit: Exit, exitTime: number, reachedBoth: boolean): Trade {
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
      reachedBoth,
      ambiguous: exit.ambiguous,
      grossReturn: (sign * (exit.price - this.#rawEntry)) / this.#rawEntry,
      netReturn: profit / (amount * entryPrice),
      profit,
    };
  }
}
