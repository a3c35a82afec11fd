import type { Trade } from './trade.js';

/** What trades of one kind came to. */
export interface TradeSummary {
  readonly count: number;
  /** Share that reached its target first. */
  readonly hitRate: number;
  /** Share with a return above 0 after costs: the only thing to call a win rate. */
  readonly winRate: number;
  /** Mean returns before and after costs, in basis points of what was put in. */
  readonly grossBps: number;
  readonly netBps: number;
}

const BPS = 1e4;

/** What trades came to together; rates are 0 where there are none. */
export function summarize(trades: readonly Trade[]): TradeSummary {
  const tally = tallyOf(trades);
  return {
    count: tally.count,
    hitRate: hitRateOf([tally]) ?? 0,
    winRate: winRateOf([tally]) ?? 0,
    grossBps: BPS * (share([tally], ({ gross }) => gross) ?? 0),
    netBps: netBpsOf([tally]) ?? 0,
  };
}

/** Sums over some trades, from which every rate of them and of others together follows. */
export interface Tally {
  readonly count: number;
  readonly hits: number;
  readonly wins: number;
  readonly gross: number;
  /** Sum of the net returns above 0, and that of the others with its sign turned. */
  readonly won: number;
  readonly lost: number;
}

/** Adds trades up. */
export function tallyOf(trades: readonly Trade[]): Tally {
  const tally = { count: trades.length, hits: 0, wins: 0, gross: 0, won: 0, lost: 0 };
  for (const { outcome, grossReturn, netReturn } of trades) {
    if (outcome === 'target') tally.hits++;
    tally.gross += grossReturn;
    if (netReturn > 0) {
      tally.wins++;
      tally.won += netReturn;
    } else {
      tally.lost -= netReturn;
    }
  }
  return tally;
}

/** Share that reached the target; this and the others are `undefined` without trades. */
export function hitRateOf(tallies: readonly Tally[]): number | undefined {
  return share(tallies, ({ hits }) => hits);
}

/** Share with a return above 0 after costs. */
export function winRateOf(tallies: readonly Tally[]): number | undefined {
  return share(tallies, ({ wins }) => wins);
}

/** Mean net return in basis points. */
export function netBpsOf(tallies: readonly Tally[]): number | undefined {
  const net = share(tallies, ({ won, lost }) => won - lost);
  return net === undefined ? undefined : BPS * net;
}

/** Mean loss over mean win plus mean loss; `undefined` without both kinds. */
export function breakEvenRateOf(tallies: readonly Tally[]): number | undefined {
  const wins = sum(tallies, (tally) => tally.wins);
  const losses = sum(tallies, (tally) => tally.count) - wins;
  if (wins === 0 || losses === 0) return undefined;
  const win = sum(tallies, ({ won }) => won) / wins;
  const loss = sum(tallies, ({ lost }) => lost) / losses;
  return loss / (win + loss);
}

function share(tallies: readonly Tally[], value: (tally: Tally) => number): number | undefined {
  const count = sum(tallies, (tally) => tally.count);
  return count === 0 ? undefined : sum(tallies, value) / count;
}

function sum(tallies: readonly Tally[], value: (tally: Tally) => number): number {
  let total = 0;
  for (const tally of tallies) total += value(tally);
  return total;
}
