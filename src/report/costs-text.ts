import type { MarketTerms } from '../backtest/backtest-run.js';
import type { TradingCosts } from '../backtest/costs.js';

/** What each side of a trade and holding it was charged: `fee 10 bps, half spread 0, slippage 2, no funding (spot)`. */
export function costsText(
  { halfSpreadBps, slippageBps, fundingBps }: TradingCosts,
  markets: readonly Pick<MarketTerms, 'takerFeeBps' | 'paysFunding'>[],
): string {
  const fees = [...new Set(markets.map(({ takerFeeBps }) => takerFeeBps))].join(', ');
  const funding = markets.some(({ paysFunding }) => paysFunding)
    ? `funding ${fundingBps} for eight hours`
    : 'no funding (spot)';
  return `fee ${fees} bps, half spread ${halfSpreadBps}, slippage ${slippageBps}, ${funding}`;
}
