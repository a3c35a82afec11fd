import type { RiskLevel } from './signal.js';

/** What {@link riskLevel} reads. */
export interface RiskInput {
  /** Annualised realised volatility, as a fraction. */
  readonly annualVolatility: number;
  /** Quoted spread; `undefined` without an order book or a two-sided ticker. */
  readonly spreadBps: number | undefined;
  /** Distance from entry to stop as a difference of logarithms, which a mirrored market leaves as it is. */
  readonly stopDistance: number;
}

const LEVELS: readonly RiskLevel[] = ['low', 'medium', 'high', 'extreme'];

// The most that still counts as low, medium and high. Bitcoin's yearly volatility has mostly been near 0.6, that of small coins
// above 1.5; a spread of 30 bps costs more than two taker fees; a stop 8% away is a day's move of a wild coin.
const VOLATILITY_LIMITS = [0.5, 1, 2] as const;
const SPREAD_LIMITS = [10, 30, 100] as const;
const STOP_LIMITS = [0.015, 0.04, 0.08] as const;

const UNKNOWN = 1;

/**
 * How dangerous a trade is: the worst of three grades.
 *
 * | | low | medium | high | extreme |
 * |---|---|---|---|---|
 * | annual volatility | to 0.5 | to 1 | to 2 | above |
 * | spread | to 10 bps | to 30 | to 100 | above |
 * | distance to the stop | to 1.5% | to 4% | to 8% | above |
 *
 * What is unknown (`undefined`, `NaN`) is never low: it counts as medium.
 */
export function riskLevel({ annualVolatility, spreadBps, stopDistance }: RiskInput): RiskLevel {
  const worst = Math.max(
    grade(annualVolatility, VOLATILITY_LIMITS),
    grade(spreadBps ?? Number.NaN, SPREAD_LIMITS),
    grade(stopDistance, STOP_LIMITS),
  );
  return LEVELS[worst];
}

function grade(value: number, limits: readonly number[]): number {
  if (Number.isNaN(value)) return UNKNOWN;
  return limits.filter((limit) => value > limit).length;
}
