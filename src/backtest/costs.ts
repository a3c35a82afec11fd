import { isPerpetual } from '../market/is-perpetual.js';
import type { Market } from '../market/market.js';
import { fromBps } from '../market/units.js';

/** What trading costs besides the market's own taker fee. */
export interface TradingCosts {
  /** Half of the spread, paid on each side, in basis points. @defaultValue 0 */
  readonly halfSpreadBps: number;
  /** What a market order loses beyond the touch on each side, in basis points. @defaultValue 2 */
  readonly slippageBps: number;
  /** What a perpetual position pays per eight hours, in basis points of its notional. @defaultValue 1 */
  readonly fundingBps: number;
}

/** Costs of a liquid market; candles alone do not tell its spread. */
export const DEFAULT_COSTS: TradingCosts = { halfSpreadBps: 0, slippageBps: 2, fundingBps: 1 };

const FUNDING_PERIOD_MS = 8 * 3_600_000;

/** How much worse than the candle's price an order is filled, as a fraction. */
export function fillPenalty({ halfSpreadBps, slippageBps }: TradingCosts): number {
  return fromBps(halfSpreadBps + slippageBps);
}

/** What a perpetual pays for being held, as a fraction of its notional; nothing for a spot market. */
export function fundingCost({ symbol }: Market, costs: TradingCosts, heldMs: number): number {
  return isPerpetual(symbol) ? (fromBps(costs.fundingBps) * heldMs) / FUNDING_PERIOD_MS : 0;
}

/** Everything a position pays for going in and out, as a fraction of its notional. */
export function roundTripCost(market: Market, costs: TradingCosts, heldMs: number): number {
  const perSide = fromBps(market.takerFeeBps) + fillPenalty(costs);
  return 2 * perSide + fundingCost(market, costs, heldMs);
}
