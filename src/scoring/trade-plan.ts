import { walkBook } from '../analysis/microstructure/slippage.js';
import { isPerpetual } from '../market/is-perpetual.js';
import type { Market } from '../market/market.js';
import type { OrderBook } from '../market/order-book.js';
import { fromBps } from '../market/units.js';
import { type PlanLevels, planLevels } from './plan-levels.js';
import { positionSize } from './position-size.js';
import type { ScoringSettings } from './settings.js';
import type { TradePlan } from './signal.js';
import type { Touch } from './touch.js';

/** What a plan is made from. */
export interface TradePlanInput {
  readonly direction: 'long' | 'short';
  readonly market: Market;
  /** The newest traded price. */
  readonly last: number;
  readonly touch: Touch | undefined;
  readonly orderBook: OrderBook | undefined;
  /** Wilder's average true range as a logarithmic fraction of price. */
  readonly atr: number;
  /** Prices at which the market may turn. */
  readonly structure: readonly number[];
  readonly settings: ScoringSettings;
  /** Chance of a win, the low end of its interval; caps the size by a quarter of Kelly's fraction. */
  readonly probability?: number | undefined;
}

/** What the order book makes of a market order. */
interface Fill {
  /** How much worse than the touch the average unit is, in quote currency. */
  readonly slippage: number;
  /** Most base units that can be had; `Infinity` when there is no book to say. */
  readonly fillable: number;
}

/** The fill of an order that the touch takes whole, and of one without a book to walk. */
const FREE: Fill = { slippage: 0, fillable: Number.POSITIVE_INFINITY };

/**
 * Where to get in and out, and how much.
 *
 * A loss pays slippage and fees on both ways, a win (a resting order) slippage on the way in alone: `rewardToRisk` and the
 * size count them. Slippage is walked through the book for the size the trade would have without slippage, which is never
 * less than its size; without equity, for the smallest order the market takes.
 *
 * @returns `undefined` when the market's tick is too coarse for a stop and a target.
 */
export function tradePlan(input: TradePlanInput): TradePlan | undefined {
  const rough = levelsOf(input, FREE);
  if (rough === undefined) return undefined;
  const plan = sized(input, rough, FREE);
  const fill = fillOf(input, plan);
  if (fill === FREE) return plan;
  const levels = levelsOf(input, fill);
  return levels && sized(input, levels, fill);
}

function levelsOf(input: TradePlanInput, { slippage }: Fill): PlanLevels | undefined {
  const { direction, market, last, touch, atr, structure, settings } = input;
  const entry = direction === 'long' ? touch?.ask : touch?.bid;
  return planLevels({
    direction,
    tickSize: market.tickSize,
    entry: entry ?? last,
    atr,
    stopAtrMultiple: settings.stopAtrMultiple,
    targetRewardToRisk: settings.targetRewardToRisk,
    structure,
    clearance: slippage + (touch === undefined ? 0 : touch.ask - touch.bid),
  });
}

function fillOf({ direction, market, orderBook }: TradePlanInput, plan: TradePlan): Fill {
  if (orderBook === undefined) return FREE;
  const side = direction === 'long' ? orderBook.asks : orderBook.bids;
  const amount = plan.positionSize ?? market.minNotional / plan.entryPrice;
  // What rests at the touch costs nothing beyond it.
  if (side.length > 0 && amount <= side.amount[0]) return FREE;
  const { filled, averagePrice } = walkBook(
    orderBook,
    direction === 'long' ? 'buy' : 'sell',
    amount,
  );
  const slippage = filled > 0 ? Math.abs(averagePrice - side.price[0]) : 0;
  return { slippage, fillable: filled };
}

function sized(input: TradePlanInput, levels: PlanLevels, { slippage, fillable }: Fill): TradePlan {
  const { market, settings, probability } = input;
  const { entryPrice, stopLoss, takeProfit } = levels;
  const fee = fromBps(market.takerFeeBps);
  const stopDistance = Math.abs(entryPrice - stopLoss);
  const lossPerUnit = stopDistance + fee * (entryPrice + stopLoss) + 2 * slippage;
  const gainPerUnit =
    Math.abs(takeProfit - entryPrice) - fee * (entryPrice + takeProfit) - slippage;
  const rewardToRisk = gainPerUnit / lossPerUnit;
  const size = positionSize({
    entryPrice,
    lossPerUnit,
    stopDistance,
    rewardToRisk,
    lotSize: market.lotSize,
    riskPerTrade: settings.riskPerTrade,
    maxPositionNotional: settings.maxPositionNotional,
    equity: settings.equity,
    fillable,
    probability,
  });
  return {
    entryPrice,
    stopLoss,
    takeProfit,
    positionSize: size.amount,
    riskFraction: size.riskFraction,
    notionalMultiple: size.notionalMultiple,
    rewardToRisk,
    roundTripCost: roundTripCost(input, entryPrice, slippage),
  };
}

// Where no book says what an order costs, what majors cost on a quiet day.
const ASSUMED_SLIPPAGE_BPS = 2;

// Perpetuals settle funding every eight hours; a basis point is its usual size, paid as often as received.
const FUNDING_BPS = 1;
const FUNDING_INTERVAL_MS = 8 * 3_600_000;

function roundTripCost(
  { market, touch, orderBook, settings }: TradePlanInput,
  entryPrice: number,
  slippage: number,
): number {
  const fees = 2 * fromBps(market.takerFeeBps);
  const spread = touch === undefined ? 0 : (touch.ask - touch.bid) / entryPrice;
  const slipped = orderBook === undefined ? fromBps(ASSUMED_SLIPPAGE_BPS) : slippage / entryPrice;
  const funding = isPerpetual(market.symbol)
    ? fromBps(FUNDING_BPS) * (settings.horizonMs / FUNDING_INTERVAL_MS)
    : 0;
  return fees + spread + 2 * slipped + funding;
}
