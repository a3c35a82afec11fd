import type { Reason } from './factor.js';
import type { QualityCode } from './signal.js';

/** What a score loses to bad conditions, whichever way the market points. */
export interface Penalty {
  readonly id: string;
  /** What is taken off, in whole millionths of a score. */
  readonly microPoints: number;
  readonly reason: Reason;
}

/** A spread up to this wide costs nothing, in basis points. */
const FREE_SPREAD_BPS = 5;
/** Micro-points for every basis point beyond. */
const PER_SPREAD_BPS = 2_000;
/** The most a wide spread can cost, reached at 105 basis points. */
export const MAX_SPREAD_PENALTY = 200_000;

// Codes of missing data are not here: what is missing lowers coverage and confidence instead.
const QUALITY_PENALTY: Readonly<Partial<Record<QualityCode, number>>> = {
  gaps: 20_000,
  stale: 50_000,
  'zero-volume': 20_000,
  'thin-order-book': 20_000,
  'suspect-units': 100_000,
  'price-jump': 100_000,
  'clock-skew': 20_000,
};

/**
 * The penalties of one symbol: for a wide spread, and for each fault of its data.
 *
 * @param spreadBps - Logarithm of ask over bid, in basis points, which a mirrored market leaves as it is; `undefined` when
 * there is neither a book nor a quote, which then widens the score interval instead.
 */
export function penalties(
  spreadBps: number | undefined,
  quality: readonly QualityCode[],
): readonly Penalty[] {
  const found: Penalty[] = [];
  if (spreadBps !== undefined && spreadBps > FREE_SPREAD_BPS) {
    const points = Math.round((spreadBps - FREE_SPREAD_BPS) * PER_SPREAD_BPS);
    found.push({
      id: 'spread',
      microPoints: Math.min(MAX_SPREAD_PENALTY, points),
      reason: () => `the spread is ${spreadBps.toFixed(1)} bps, ${FREE_SPREAD_BPS} are free`,
    });
  }
  for (const code of quality) {
    const microPoints = QUALITY_PENALTY[code];
    if (microPoints !== undefined) {
      found.push({ id: code, microPoints, reason: `the data is marked ${code}` });
    }
  }
  return found;
}
