import type { CandleSeries } from '../../market/candle-series.js';
import { trueRange } from '../indicators/atr.js';
import {
  type LogCandles,
  logCandles,
  logCloses,
  mirrorLogCandles,
  sliceLogCandles,
} from './log-candles.js';
import { randomWalkMove } from './random-walk.js';
import { LONGEST_RANGE, type TradingRange, tradingRange } from './trading-range.js';
import { RANGE_TESTS, TREND_TESTS, type WyckoffTest } from './wyckoff-tests.js';

/** One of Wyckoff's four phases, or `undetermined` where the evidence does not decide. */
export type MarketPhase = 'accumulation' | 'markup' | 'distribution' | 'markdown' | 'undetermined';

/** A market phase and what speaks for it. A heuristic reading of the past, not a forecast. */
export interface PhaseReading {
  readonly phase: MarketPhase;
  /** How clearly the evidence decides, 0 to 1; 0 when undetermined. */
  readonly score: number;
  /** One sentence per test that was met. */
  readonly evidence: readonly string[];
}

/** The most candles that are looked at: fixed, so that a longer history does not change the reading. */
export const PHASE_HISTORY: number = 2 * LONGEST_RANGE;
const TREND_LENGTH = 60;
const SHORTEST_PRIOR = 30;
// Candles before a range among which its climax may lie.
const LEAD_IN = 10;

const RANGE_PRIOR = 1;
const TREND = 1.5;
const CERTAIN = 4;

const UNDETERMINED: PhaseReading = Object.freeze({
  phase: 'undetermined',
  score: 0,
  evidence: Object.freeze([]),
});

/**
 * The Wyckoff phase of the newest 240 candles, on logarithms of price.
 *
 * Range or trend comes first. A **range** is `tradingRange`: 30 to 120 candles whose span is at most 0.75 of a random
 * walk's. It is accumulation after a decline and distribution after an advance (at least 1 random-walk unit over as many
 * candles before it, 30 at least), if more of the computable tests among Pruden's nine speak for that than for the opposite.
 * Otherwise the last 60 candles are markup or markdown if they moved at least 1.5 random-walk units and more tests speak for
 * that than against. What is left, ties included, is `undetermined`.
 *
 * The score is the mean of two parts: the move in random-walk units over 4, at most 1; and the tests met less those met by
 * the opposite side, over the number of tests. A mirrored market has the mirrored phase and the same score.
 *
 * Source: H. Pruden, "Wyckoff Laws and Tests", Market Technician 51 (2004) and 55 (2006). A heuristic.
 *
 * @param candles - Closed candles of one timeframe; under 61 give `undetermined`.
 *
 * @example
 * ```ts
 * import type { CandleSeries } from 'enhanced-market-scanner';
 * import { marketPhase } from 'enhanced-market-scanner/analysis';
 *
 * declare const candles: CandleSeries;
 * const { phase, score, evidence } = marketPhase(candles);
 * console.log(phase, score.toFixed(2), evidence.join('; '));
 * ```
 */
export function marketPhase(candles: CandleSeries): PhaseReading {
  return phaseOf(candles, logCloses(candles, PHASE_HISTORY));
}

/** {@link marketPhase} with the {@link logCloses} of at least {@link PHASE_HISTORY} candles at hand. */
export function phaseOf(candles: CandleSeries, closes: Float64Array): PhaseReading {
  if (candles.length <= TREND_LENGTH) return UNDETERMINED;
  const log = logCandles(candles, LONGEST_RANGE + LEAD_IN, closes);
  const range = tradingRange(log);
  if (range === undefined) return readTrend(log);
  const close = closes.subarray(-PHASE_HISTORY);
  const start = close.length - (log.length - range.start);
  const before = Math.min(start, Math.max(close.length - start, SHORTEST_PRIOR));
  if (before < SHORTEST_PRIOR) return UNDETERMINED;
  return readRange(log, range, randomWalkMove(close, start - before, start));
}

function readRange(
  log: LogCandles,
  { start, averageRange }: TradingRange,
  prior: number,
): PhaseReading {
  if (Math.abs(prior) < RANGE_PRIOR) return UNDETERMINED;
  const tested = runTests(RANGE_TESTS, log, start, averageRange, -prior);
  if (tested.balance <= 0) return UNDETERMINED;
  const phase = prior < 0 ? 'accumulation' : 'distribution';
  const setting = `range of ${log.length - start} candles after ${
    prior < 0 ? 'a decline' : 'an advance'
  } of ${Math.abs(prior).toFixed(1)} random-walk units`;
  return decided(phase, setting, prior, tested);
}

function readTrend(log: LogCandles): PhaseReading {
  const start = log.length - TREND_LENGTH;
  const move = randomWalkMove(log.close, start - 1, log.length - 1);
  if (Math.abs(move) < TREND) return UNDETERMINED;
  const tested = runTests(TREND_TESTS, log, start, meanTrueRange(log, start), move);
  if (tested.balance <= 0) return UNDETERMINED;
  const setting = `${move > 0 ? 'up' : 'down'} ${Math.abs(move).toFixed(1)} random-walk units in ${TREND_LENGTH} candles`;
  return decided(move > 0 ? 'markup' : 'markdown', setting, move, tested);
}

interface Tested {
  /** Sentences of the tests met by the side asked for. */
  readonly met: readonly string[];
  /** Tests met less tests met by the other side, over all tests. */
  readonly balance: number;
}

/** Runs the tests for the bulls when `side` is above 0, for the bears otherwise, and for both to weigh them. */
function runTests(
  tests: readonly WyckoffTest[],
  log: LogCandles,
  start: number,
  averageRange: number,
  side: number,
): Tested {
  const lead = Math.max(0, start - LEAD_IN);
  const window = sliceLogCandles(log, lead);
  const mirror = mirrorLogCandles(window);
  const [own, other] = side > 0 ? [window, mirror] : [mirror, window];
  const met: string[] = [];
  let against = 0;
  for (const test of tests) {
    const stretch = { start: start - lead, averageRange };
    const measure = test.measure({ ...stretch, candles: own });
    if (measure > 0) met.push(side > 0 ? test.bullish(measure) : test.bearish(measure));
    if (test.measure({ ...stretch, candles: other }) > 0) against++;
  }
  return { met, balance: (met.length - against) / tests.length };
}

function decided(
  phase: MarketPhase,
  setting: string,
  move: number,
  { met, balance }: Tested,
): PhaseReading {
  const clarity = Math.min(1, Math.abs(move) / CERTAIN);
  return { phase, score: (clarity + balance) / 2, evidence: [setting, ...met] };
}

function meanTrueRange({ high, low, close, length }: LogCandles, start: number): number {
  let path = 0;
  for (let i = start; i < length; i++) path += trueRange(high[i], low[i], close[i - 1]);
  return path / (length - start);
}
