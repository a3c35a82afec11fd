import type { BacktestReport } from './backtest-report.js';
import type { LineKind } from './json-lines.js';
import { deflatedSharpeRatio, returnMoments } from './performance.js';

/** One configuration that was tried on one stretch of data. */
export interface Trial {
  /** When it was tried, epoch milliseconds. */
  readonly triedAt: number;
  /** Names the settings, and the data: equal for equal ones. */
  readonly settings: string;
  readonly data: string;
  readonly from: number;
  readonly to: number;
  readonly trades: number;
  readonly netBps: number;
  /** Of daily returns, not annual; absent where there were too few days. */
  readonly dailySharpe?: number | undefined;
}

/** What a ledger of trials holds. */
export const TRIAL_LEDGER: LineKind<Trial> = {
  file: 'trial ledger',
  what: 'a trial',
  isLine: isTrial,
};

function isTrial(value: unknown): value is Trial {
  if (typeof value !== 'object' || value === null) return false;
  const { settings, data, triedAt } = value as Partial<Record<keyof Trial, unknown>>;
  return typeof settings === 'string' && typeof data === 'string' && typeof triedAt === 'number';
}

/** How many different settings were tried on the same data, and what that leaves of a Sharpe ratio. */
export interface Deflation {
  /** The newest among them. */
  readonly trials: number;
  /** Chance that the true Sharpe ratio is above what luck alone would show after so many trials. */
  readonly deflatedSharpe: number | undefined;
  /** Why there is no such chance, in words. */
  readonly notDeflated?: string | undefined;
}

/**
 * Deflates a run's Sharpe ratio by all that was tried on the same data: by how many there were, and by how far their ratios
 * lie from each other. Where several were tried and a single one has a ratio, nobody knows what luck alone would show.
 *
 * @param trials - The ledger, the run's own trial among them. Trying the same settings again counts once.
 * @param returns - Daily returns of the run.
 */
export function deflate(
  trials: readonly Trial[],
  { data, dailySharpe }: Trial,
  returns: Float64Array,
): Deflation {
  const same = new Map(
    trials.filter((trial) => trial.data === data).map((trial) => [trial.settings, trial]),
  );
  const ratios = Float64Array.from(
    Array.from(same.values(), (trial) => trial.dailySharpe).filter((ratio) => ratio !== undefined),
  );
  const absent = (notDeflated: string): Deflation => {
    return { trials: same.size, deflatedSharpe: undefined, notDeflated };
  };
  if (dailySharpe === undefined) return absent('this run has no Sharpe ratio');
  if (same.size > 1 && ratios.length < 2) return absent('no other trial has a Sharpe ratio');
  const { count, skewness, kurtosis } = returnMoments(returns);
  const variance = ratios.length > 1 ? returnMoments(ratios).deviation ** 2 : 0;
  const evidence = { sharpe: dailySharpe, count, skewness, kurtosis };
  return {
    trials: same.size,
    deflatedSharpe: deflatedSharpeRatio(evidence, same.size, variance),
  };
}

/** A run as a line of the ledger remembers it. */
export function trialOf(
  { from, to, trades, summary }: BacktestReport,
  named: Pick<Trial, 'triedAt' | 'settings' | 'data'>,
  dailySharpe: number | undefined,
): Trial {
  return { ...named, from, to, trades, netBps: summary.netBps, dailySharpe };
}
