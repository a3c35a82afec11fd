import { groupBy } from './group-by.js';
import type { Trade } from './trade.js';
import { summarize, type TradeSummary } from './trade-summary.js';

/** Trades with something in common. */
export interface TradeGroup extends TradeSummary {
  readonly name: string;
}

const DECILES = 10;
const DAY_MS = 86_400_000;
const BEST_DAYS = 3;

/** Trades by what `nameOf` calls them, in the order of the names. */
export function groupsOf(
  trades: readonly Trade[],
  nameOf: (trade: Trade) => string,
): readonly TradeGroup[] {
  return Array.from(groupBy(trades, nameOf), ([name, members]) => ({
    name,
    ...summarize(members),
  })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Trades by score in ten parts of equal count, lowest first; none of fewer than ten trades. */
export function decilesOf(trades: readonly Trade[]): readonly TradeGroup[] {
  const ranked = trades.toSorted((a, b) => a.score - b.score);
  if (ranked.length < DECILES) return [];
  return Array.from({ length: DECILES }, (_, k) => {
    const from = Math.floor((k * ranked.length) / DECILES);
    const to = Math.floor(((k + 1) * ranked.length) / DECILES);
    const name = `${ranked[from].score.toFixed(3)} to ${ranked[to - 1].score.toFixed(3)}`;
    return { name, ...summarize(ranked.slice(from, to)) };
  });
}

/** Share of what all profitable days made that the best three of them did; `undefined` without a profitable day. */
export function bestThreeDaysShare(trades: readonly Trade[]): number | undefined {
  const days = groupBy(trades, ({ exitTime }) => String(Math.floor(exitTime / DAY_MS)));
  const gains = Array.from(days.values(), profitOf)
    .filter((profit) => profit > 0)
    .sort((a, b) => b - a);
  const total = gains.reduce((sum, profit) => sum + profit, 0);
  if (total === 0) return undefined;
  return gains.slice(0, BEST_DAYS).reduce((sum, profit) => sum + profit, 0) / total;
}

function profitOf(trades: readonly Trade[]): number {
  return trades.reduce((sum, { profit }) => sum + profit, 0);
}
