import { wilsonInterval } from '../forecast/wilson-interval.js';
import type { BacktestRun } from './backtest-run.js';
import { groupBy } from './group-by.js';
import { type Estimate, groupEstimate, permutationChance } from './resampling.js';
import {
  breakEvenRateOf,
  hitRateOf,
  netBpsOf,
  type Tally,
  tallyOf,
  winRateOf,
} from './trade-summary.js';

/** Rates of trades with what luck may have done to them. Trades of one time share its news, so whole blocks of days are drawn. */
export interface TradeRates {
  /** Days of a block, all symbols together: 7 where positions stay open for more than 8 hours and there are 8 weeks. */
  readonly blockDays: number;
  /** 95% interval of the win rate; Wilson's, which takes trades for independent, where blocks are too few or do not differ. */
  readonly winRateInterval: readonly [low: number, high: number];
  /** Share that reached its target. */
  readonly hitRate: Estimate | undefined;
  /** Win rate at which these wins and losses pay for each other: mean loss over mean win plus mean loss, after costs. */
  readonly breakEvenRate: number | undefined;
  /** Mean net return per trade in basis points. */
  readonly expectancyBps: Estimate | undefined;
  /** Chance that random sides, block by block, would have done as well before costs. */
  readonly permutationChance: number | undefined;
}

const DAY_MS = 86_400_000;

/** A position that may stay open for longer shares its news with the next days' too. */
const LONGEST_FOR_DAYS_MS = 8 * 3_600_000;

/** Fewer weeks say nothing about how weeks differ. */
const LEAST_WEEKS = 8;

/** Rates of a run's trades. */
export function tradeRates(run: BacktestRun, seed: number): TradeRates {
  const { trades } = run;
  const blockDays = blockDaysOf(run);
  const byBlock = groupBy(trades, ({ decidedAt }) =>
    String(Math.floor(decidedAt / (blockDays * DAY_MS))),
  );
  const blocks = Array.from(byBlock.values(), (members) => [tallyOf(members)]);
  const estimate = (rate: (tallies: readonly Tally[]) => number | undefined) =>
    groupEstimate(blocks, (tallies) => rate(tallies) ?? 0, seed);
  const wins = estimate(winRateOf);
  const all = blocks.flat();
  return {
    blockDays,
    winRateInterval:
      wins && wins.low < wins.high
        ? [wins.low, wins.high]
        : wilsonInterval((winRateOf(all) ?? 0) * trades.length, trades.length),
    hitRate: estimate(hitRateOf),
    breakEvenRate: breakEvenRateOf(all),
    expectancyBps: estimate(netBpsOf),
    permutationChance: permutationChance(
      all.map(({ gross }) => [gross]),
      seed,
    ),
  };
}

function blockDaysOf({ from, to, terms }: BacktestRun): number {
  const isLong = terms.horizonMs > LONGEST_FOR_DAYS_MS;
  return isLong && to - from >= LEAST_WEEKS * 7 * DAY_MS ? 7 : 1;
}
