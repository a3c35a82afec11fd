import type { CandleSeries } from '../market/candle-series.js';
import { candleOpen, type Timeframe, timeframeMs } from '../market/timeframe.js';
import type { DataNeed, Factor } from './factor.js';
import type { Miss } from './rejection.js';
import { QUALITY_CODES, type QualityCode } from './signal.js';
import type { PartialFactorInput } from './voices.js';

/** Most that two adjacent closes may differ, as a factor: beyond it lies a redenomination or a bad print. */
const MAX_JUMP = 50;
/** Largest share of the plan timeframe's candles that may be missing. */
const MAX_GAP_SHARE = 0.05;
/** How long ago the newest candle of the plan timeframe may have closed, in candles. */
const MAX_AGE = 2;
/** Candles of the plan timeframe below which its slope and volatility are not defined. */
const MIN_CANDLES = 51;
/** Share of silent candles above which a market hardly trades. */
const MAX_SILENT_SHARE = 0.5;
const DAY_MS = 86_400_000;
/** Friday's close to Tuesday's open, when Monday is a holiday. */
const LONGEST_WEEKEND_MS = 4 * DAY_MS;
/** Levels a side below which a book says little. */
const MIN_BOOK_LEVELS = 5;

/** What is known against the data of one symbol. */
export interface DataQuality {
  /** In the order of `QUALITY_CODES`, each once. */
  readonly codes: readonly QualityCode[];
  /** The fault that forbids trading on this data, if one does. */
  readonly miss: Miss | undefined;
}

/**
 * Examines the data behind one symbol's score.
 *
 * Four faults forbid a signal: two adjacent closes more than 50 times apart on any timeframe, and on the plan timeframe fewer
 * than 51 candles, a newest candle that closed more than 2 candles ago, or more than 5% of the candles missing (closed
 * weekends apart). Jumps, gaps and silence are looked for where the snapshot holds candles.
 *
 * @param known - Codes found where the data was fetched.
 */
export function dataQuality(
  input: PartialFactorInput,
  factors: readonly Factor[],
  known: readonly QualityCode[] = [],
): DataQuality {
  const found = new Set<QualityCode>(known);
  let miss: Miss | undefined;
  for (const timeframe of input.timeframes) {
    const condition = conditionOf(input, timeframe);
    markTimeframe(condition, found);
    miss ??= jumpMiss(condition);
    if (timeframe === input.planTimeframe) miss ??= planMiss(condition);
  }
  markBookAndTrades(input, factors, found);
  return { codes: QUALITY_CODES.filter((code) => found.has(code)), miss };
}

/** The state of one timeframe's candles. */
interface Condition {
  readonly timeframe: Timeframe;
  readonly count: number;
  /** Since the newest candle closed, in candles; 0 without candles. */
  readonly age: number;
  /** Missing candles over all there should be. */
  readonly gapShare: number;
  readonly silentShare: number;
  /** The largest ratio of two adjacent closes, either way up; 1 without candles. */
  readonly jump: number;
}

function conditionOf(input: PartialFactorInput, timeframe: Timeframe): Condition {
  const readings = input.readings?.get(timeframe);
  const candles = input.candles?.get(timeframe);
  const span = timeframeMs(timeframe);
  const count = readings?.count ?? candles?.length ?? 0;
  const newest = readings?.time ?? candles?.time[candles.length - 1];
  const age = newest === undefined ? 0 : (input.time - newest - span) / span;
  if (candles === undefined || candles.length === 0) {
    return { timeframe, count, age, gapShare: 0, silentShare: 0, jump: 1 };
  }
  return { timeframe, count, age, ...walk(candles, span) };
}

function walk(
  { time, close, volume, length }: CandleSeries,
  span: number,
): Pick<Condition, 'gapShare' | 'silentShare' | 'jump'> {
  let silent = volume[0] === 0 ? 1 : 0;
  let missing = 0;
  let jump = 1;
  for (let i = 1; i < length; i++) {
    if (volume[i] === 0) silent++;
    const step = time[i] - time[i - 1];
    if (step > span && !isWeekend(time[i - 1] + span, time[i])) missing += step / span - 1;
    const ratio = close[i] / close[i - 1];
    if (ratio > jump) jump = ratio;
    else if (ratio * jump < 1) jump = 1 / ratio;
  }
  return { gapShare: missing / (length + missing), silentShare: silent / length, jump };
}

// Currency and stock markets close from Friday to Sunday or Monday; a market that never trades on Saturday has lost nothing.
function isWeekend(from: number, to: number): boolean {
  const saturday = candleOpen(from, '1w') + 5 * DAY_MS;
  return from <= saturday && to >= saturday + DAY_MS && to - from <= LONGEST_WEEKEND_MS;
}

function markTimeframe(condition: Condition, found: Set<QualityCode>): void {
  const { count, age, gapShare, silentShare, jump } = condition;
  if (count === 0) found.add('missing-timeframe');
  else if (count < MIN_CANDLES) found.add('short-history');
  if (age > MAX_AGE) found.add('stale');
  if (gapShare > 0) found.add('gaps');
  if (silentShare > MAX_SILENT_SHARE) found.add('zero-volume');
  if (jump > MAX_JUMP) found.add('price-jump');
}

function markBookAndTrades(
  { orderBook, trades }: PartialFactorInput,
  factors: readonly Factor[],
  found: Set<QualityCode>,
): void {
  const asks = (need: DataNeed): boolean => factors.some(({ needs }) => needs.includes(need));
  if (orderBook === undefined) {
    if (asks('orderBook')) found.add('no-order-book');
  } else if (Math.min(orderBook.bids.length, orderBook.asks.length) < MIN_BOOK_LEVELS) {
    found.add('thin-order-book');
  }
  if (trades === undefined && asks('trades')) found.add('no-trades');
}

function jumpMiss({ timeframe, jump }: Condition): Miss | undefined {
  if (jump <= MAX_JUMP) return undefined;
  const detail = (): string =>
    `two adjacent ${timeframe} closes differ ${jump.toPrecision(4)}-fold, at most ${MAX_JUMP} is believed`;
  return unfit(jump, MAX_JUMP, 'at-most', detail);
}

function planMiss({ timeframe, count, age, gapShare }: Condition): Miss | undefined {
  if (count < MIN_CANDLES) {
    const detail = (): string =>
      `${count} closed ${timeframe} candles, at least ${MIN_CANDLES} are needed`;
    return unfit(count, MIN_CANDLES, 'at-least', detail);
  }
  if (age > MAX_AGE) {
    const detail = (): string =>
      `the newest ${timeframe} candle closed ${age.toPrecision(4)} candles ago, at most ${MAX_AGE} is fresh`;
    return unfit(age, MAX_AGE, 'at-most', detail);
  }
  if (gapShare > MAX_GAP_SHARE) {
    const detail = (): string =>
      `${(gapShare * 100).toFixed(1)}% of the ${timeframe} candles are missing, at most ${MAX_GAP_SHARE * 100}% may be`;
    return unfit(gapShare, MAX_GAP_SHARE, 'at-most', detail);
  }
  return undefined;
}

function unfit(value: number, threshold: number, sense: Miss['sense'], detail: () => string): Miss {
  return { rule: 'data-quality', value, threshold, sense, remedy: undefined, detail };
}
