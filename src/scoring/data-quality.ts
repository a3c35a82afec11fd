import { type Timeframe, timeframeMs } from '../market/timeframe.js';
import { type Continuity, continuityOf, UNBROKEN } from './continuity.js';
import type { DataNeed, Factor } from './factor.js';
import type { Miss } from './rejection.js';
import { QUALITY_CODES, type QualityCode } from './signal.js';
import type { PartialFactorInput } from './voices.js';

/** Most that two adjacent closes may differ, as a factor: beyond it lies a redenomination or a bad print. */
const MAX_JUMP = 50;
/**
 * Most that the closes on both sides of a halt may differ, as a factor. News may move a market so far while it trades; one that comes
 * back at five times its price has mostly been redenominated, and readings across the halt are of a move that nobody made.
 */
const MAX_HALT_JUMP = 5;
/** Largest share of the plan timeframe's candles that may be missing. */
const MAX_GAP_SHARE = 0.05;
/** How long ago the newest candle of the plan timeframe may have closed, in candles. */
const MAX_AGE = 2;
/** Candles of the plan timeframe below which its slope and volatility are not defined. */
const MIN_CANDLES = 51;
/** Share of silent candles above which a market hardly trades. */
const MAX_SILENT_SHARE = 0.5;
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
 * Five faults forbid a signal: on any timeframe two adjacent closes more than 50 times apart, or more than 5 times across a halt;
 * and on the plan timeframe fewer than 51 candles, a newest candle that closed more than 2 candles ago, or more than 5% of the
 * candles missing (closed weekends apart). Jumps, gaps and silence are looked for where the snapshot holds candles.
 *
 * @param known - Codes found where the data was fetched.
 * @param continuities - What was counted as candles arrived; what is not in it is counted here.
 */
export function dataQuality(
  input: PartialFactorInput,
  factors: readonly Factor[],
  known: readonly QualityCode[] = [],
  continuities?: ReadonlyMap<Timeframe, Continuity>,
): DataQuality {
  const found = [...known];
  let miss: Miss | undefined;
  for (const timeframe of input.timeframes) {
    const continuity = continuityIn(input, timeframe, continuities);
    const count = countIn(input, timeframe);
    const age = ageIn(input, timeframe);
    markTimeframe(continuity, count, age, found);
    miss ??= jumpMiss(timeframe, continuity);
    if (timeframe === input.planTimeframe) miss ??= planMiss(timeframe, continuity, count, age);
  }
  markBookAndTrades(input, factors, found);
  // Mostly there is one at most, and a back-test asks at every candle.
  const codes = found.length < 2 ? found : QUALITY_CODES.filter((code) => found.includes(code));
  return { codes, miss };
}

function continuityIn(
  { candles }: PartialFactorInput,
  timeframe: Timeframe,
  continuities: ReadonlyMap<Timeframe, Continuity> | undefined,
): Continuity {
  const series = candles?.get(timeframe);
  if (series === undefined) return UNBROKEN;
  return continuities?.get(timeframe) ?? continuityOf(series, timeframe);
}

function countIn({ readings, candles }: PartialFactorInput, timeframe: Timeframe): number {
  return readings?.get(timeframe)?.count ?? candles?.get(timeframe)?.length ?? 0;
}

/** Since the newest candle closed, in candles; 0 without candles. */
function ageIn({ readings, candles, time }: PartialFactorInput, timeframe: Timeframe): number {
  const newest = readings?.get(timeframe)?.time ?? candles?.get(timeframe)?.at(-1)?.time;
  const span = timeframeMs(timeframe);
  return newest === undefined ? 0 : (time - newest - span) / span;
}

function markTimeframe(
  { gapShare, silentShare, jump, haltJump }: Continuity,
  count: number,
  age: number,
  found: QualityCode[],
): void {
  if (count === 0) found.push('missing-timeframe');
  else if (count < MIN_CANDLES) found.push('short-history');
  if (age > MAX_AGE) found.push('stale');
  if (gapShare > 0) found.push('gaps');
  if (silentShare > MAX_SILENT_SHARE) found.push('zero-volume');
  if (jump > MAX_JUMP || haltJump > MAX_HALT_JUMP) found.push('price-jump');
}

function markBookAndTrades(
  { orderBook, trades }: PartialFactorInput,
  factors: readonly Factor[],
  found: QualityCode[],
): void {
  const asks = (need: DataNeed): boolean => factors.some(({ needs }) => needs.includes(need));
  if (orderBook === undefined) {
    if (asks('orderBook')) found.push('no-order-book');
  } else if (Math.min(orderBook.bids.length, orderBook.asks.length) < MIN_BOOK_LEVELS) {
    found.push('thin-order-book');
  }
  if (trades === undefined && asks('trades')) found.push('no-trades');
}

function jumpMiss(timeframe: Timeframe, { jump, haltJump }: Continuity): Miss | undefined {
  const isHalt = haltJump > MAX_HALT_JUMP;
  const [value, threshold] = isHalt ? [haltJump, MAX_HALT_JUMP] : [jump, MAX_JUMP];
  if (value <= threshold) return undefined;
  const where = isHalt ? 'across a halt' : 'in a row';
  const detail = (): string =>
    `two ${timeframe} closes ${where} differ ${value.toPrecision(4)}-fold, at most ${threshold} is believed`;
  return unfit(value, threshold, 'at-most', detail);
}

function planMiss(
  timeframe: Timeframe,
  { gapShare }: Continuity,
  count: number,
  age: number,
): Miss | undefined {
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
