import type { CandleSeries } from '../market/candle-series.js';
import type { Timeframe } from '../market/timeframe.js';
import { parseScannerConfig } from '../scanner/config-schema.js';
import type { Factor } from '../scoring/factor.js';
import { PROOFS } from './causality/proofs.js';
import { normalStream, simulatedMarket } from './causality/simulated-market.js';
import { type FactorMaker, Subject } from './causality/subject.js';
import type { RuleCheck } from './check-data-provider.js';

/** What {@link checkFactor} asks with. */
export interface FactorCheckOptions {
  /**
   * Five-minute candles of a market the factor has something to say about, two months or more.
   * @defaultValue a simulated market
   */
  readonly candles?: CandleSeries | undefined;
  /** How many moments are asked about. @defaultValue 16 */
  readonly moments?: number | undefined;
  /** Of the simulated markets and the choice of moments. @defaultValue 1 */
  readonly seed?: number | undefined;
  /** Largest change of a bias when the windows are four times as long. @defaultValue 0.05 */
  readonly warmUpTolerance?: number | undefined;
}

/** What a check of a factor found. */
export interface FactorReport {
  readonly factorId: string;
  readonly passed: boolean;
  readonly checks: readonly RuleCheck[];
  /** Of each proof that failed, a sentence with what was to hold and what was found. Empty when passed. */
  readonly failures: readonly string[];
}

const DAYS = 60;
const TIMEFRAMES: readonly Timeframe[] = ['5m', '15m', '1h', '4h'];

/** Share of the candles before the first question: everything is warm by then. */
const WARM_UP = 0.5;

/**
 * Proves that a factor does not see the future, six ways: its past is the same without a future, with another one and on longer
 * windows; it knows nothing of a market of pure chance, by a measure that does find a planted edge; and if it did peek it
 * would have been seen.
 *
 * A factor that works something out beforehand is given as the function that makes it from a market's candles. Only candles are
 * replayed: of a factor that needs books or trades nothing can be proven, and the last proof says so. Takes some seconds.
 *
 * @throws ScannerError `insufficient_data` when there are too few candles.
 *
 * @example
 * ```ts
 * import { trendFactor } from 'enhanced-market-scanner';
 * import { checkFactor } from 'enhanced-market-scanner/testing';
 *
 * console.log(checkFactor(trendFactor).failures); // []
 * ```
 */
export function checkFactor(
  factor: Factor | FactorMaker,
  options: FactorCheckOptions = {},
): FactorReport {
  const { moments = 16, seed = 1, warmUpTolerance = 0.05 } = options;
  const candles = options.candles ?? simulatedMarket({ days: DAYS, seed: seed + 1 });
  const make = typeof factor === 'function' ? factor : () => factor;
  const config = parseScannerConfig({
    timeframes: TIMEFRAMES,
    minQuoteVolume24h: 0,
    minChange24h: 0,
  });
  const subject = new Subject(make, config);
  const cuts = drawnCuts(candles.length, moments, seed);
  const trial = { subject, config, candles, cuts, seed, warmUpTolerance };
  const asked = PROOFS.toSorted((a, b) => Number(b.isFirst ?? 0) - Number(a.isFirst ?? 0));
  const refuted = new Map(asked.map(({ rule, refute }) => [rule, refute(trial)]));
  const checks = PROOFS.map(({ rule }): RuleCheck => {
    const found = refuted.get(rule);
    return { rule, passed: found === undefined, found };
  });
  const failures = checks
    .filter(({ passed }) => !passed)
    .map(({ rule, found }) => `${rule}: ${found}`);
  return { factorId: make(candles).id, passed: failures.length === 0, checks, failures };
}

/** Moments all over the second half, none at a regular place. */
function drawnCuts(length: number, count: number, seed: number): readonly number[] {
  const normal = normalStream(seed);
  const first = Math.floor(WARM_UP * length);
  const step = (length - first - 2) / count;
  return Array.from({ length: count }, (_, k) => {
    const within = Math.abs(normal()) % 1;
    return first + Math.floor((k + within) * step);
  });
}
