import { CANDLE_FIELDS } from '../../market/candle-columns.js';
import { type Candle, CandleSeries } from '../../market/candle-series.js';
import { concatenate } from '../../market/concatenate.js';
import { resample } from '../../market/resample.js';
import { candleOpen, type Timeframe, timeframeMs } from '../../market/timeframe.js';
import { withExactVolumes } from './exact-volumes.js';

/** By how much two tellings of a number may differ, as a fraction: a volume is a sum, and sums are rounded. */
const TOLERANCE = 1e-9;

/** What is known of one series: a stretch of it without holes. */
export interface KnownCandles {
  readonly candles: CandleSeries;
  /** Every candle that was closed by then, back to the first in `candles`, is in `candles`. */
  readonly until: number;
  /** When the source was last seen to have nothing before the first; `undefined` where there may be more. */
  readonly wholeAt: number | undefined;
  /** The moment the source was asked about last: what had closed by then and is not in `candles` it did not have yet. */
  readonly askedAt?: number;
}

/** One question for candles. */
export interface CandleQuestion {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly limit: number;
  readonly asOf: number;
}

/** A candle missing for less than this may be late; then, nothing was traded. */
const LATE_MS = 60_000;
/** That a source has no older candles is believed for an hour: a short answer may also be a bad one. */
const WHOLE_MS = 3_600_000;

/**
 * What an answer to a question tells.
 *
 * @param received - Candles closed at `asOf`, the newest the source has.
 * @param isWhole - Whether the source gave less than was asked for.
 */
export function learn(
  received: CandleSeries,
  timeframe: Timeframe,
  asOf: number,
  isWhole: boolean,
): KnownCandles {
  return {
    candles: received,
    until: knownUntil(received, timeframe, asOf),
    wholeAt: isWhole ? asOf : undefined,
    askedAt: asOf,
  };
}

/** The newest `limit` candles closed at `asOf`, where all of them are known. */
export function answer(
  { candles, until, wholeAt, askedAt }: KnownCandles,
  { timeframe, limit, asOf }: CandleQuestion,
): CandleSeries | undefined {
  const isKnown = candleOpen(asOf, timeframe) <= candleOpen(until, timeframe);
  if (!isKnown && asOf !== askedAt) return undefined;
  const closed = closedAt(candles, timeframe, asOf).slice(-limit);
  const isWhole = wholeAt !== undefined && Math.abs(asOf - wholeAt) < WHOLE_MS;
  return closed.length === limit || isWhole ? closed : undefined;
}

/** A series by name: its timeframe and symbol. */
export function seriesName({ symbol, timeframe }: CandleQuestion): string {
  return `${timeframe} ${symbol}`;
}

/** The part of a series that was closed at a moment. */
export function closedAt(candles: CandleSeries, timeframe: Timeframe, asOf: number): CandleSeries {
  const end = candles.indexAt(asOf - timeframeMs(timeframe) + 1);
  return end === candles.length ? candles : candles.slice(0, end);
}

/**
 * What is known once newer candles have come, which must repeat some that were known; `undefined` when they contradict them,
 * for then the source has corrected its past, or its answer leaves a hole.
 *
 * @param received - Candles closed at `asOf`, the newest the source has.
 */
export function extend(
  known: KnownCandles,
  received: CandleSeries,
  timeframe: Timeframe,
  asOf: number,
): KnownCandles | undefined {
  const fresh = received.indexAt(candleOpen(known.until, timeframe));
  const repeated = received.slice(0, fresh);
  if (fresh === 0 || !candlesAgree(repeated, known.candles.slice(-fresh))) return undefined;
  return {
    candles: concatenate([known.candles, received.slice(fresh)]),
    until: Math.max(known.until, knownUntil(received, timeframe, asOf)),
    wholeAt: known.wholeAt,
    askedAt: asOf,
  };
}

/** What is known once the very next candle has come; `undefined` for any other candle. */
export function continuedBy(
  known: KnownCandles,
  candle: Candle,
  timeframe: Timeframe,
): KnownCandles | undefined {
  if (candle.time !== candleOpen(known.until, timeframe)) return undefined;
  return {
    candles: concatenate([known.candles, CandleSeries.from([candle])]),
    until: candle.time + timeframeMs(timeframe),
    wholeAt: known.wholeAt,
  };
}

/** Whether a candle is told otherwise than it is known. */
export function isCorrected({ candles, until }: KnownCandles, candle: Candle): boolean {
  if (candles.length === 0 || candle.time < candles.time[0] || candle.time >= until) return false;
  const at = candles.indexAt(candle.time);
  return !candlesAgree(candles.slice(at, at + 1), CandleSeries.from([candle]));
}

/**
 * What is known once candles of a shorter timeframe were folded into the ones that are missing; `undefined` where the shorter
 * ones do not reach from the first missing candle to the last.
 */
export function extendByFolding(
  known: KnownCandles,
  timeframe: Timeframe,
  base: KnownCandles,
  baseTimeframe: Timeframe,
  asOf: number,
): KnownCandles | undefined {
  const from = candleOpen(known.until, timeframe);
  const end = candleOpen(asOf, timeframe);
  const { candles } = base;
  if (base.until < end || candles.length === 0 || candles.time[0] > from) return undefined;
  // From the last candle up to there: a fold that begins with silence would take it for a lost beginning.
  const part = candles.slice(candles.indexAt(from + 1) - 1);
  const folded = resample(part, baseTimeframe, timeframe, { asOf: end });
  const fresh = withExactVolumes(folded.slice(folded.indexAt(from)), part);
  return { candles: concatenate([known.candles, fresh]), until: end, wholeAt: known.wholeAt };
}

/** The newest candles, `most` of them; half as many more where some are missing, for then a question reaches further back. */
export function trimmed(known: KnownCandles, most: number, timeframe: Timeframe): KnownCandles {
  const { candles, until } = known;
  const { time, length } = candles;
  const spanned = candleOpen(until, timeframe) - time[0];
  const kept = spanned > length * timeframeMs(timeframe) ? withReserve(most) : most;
  if (length <= kept) return known;
  // Packed into a buffer of its own, or the view would keep what it no longer shows.
  const { buffer } = candles.slice(-kept);
  return { ...known, candles: CandleSeries.fromBuffer(buffer), wholeAt: undefined };
}

/** Half as many more: a scan's window grows by so much before it moves on. */
export function withReserve(limit: number): number {
  return limit + Math.ceil(limit / 2);
}

/** Whether two tellings of the same candles agree. */
export function candlesAgree(a: CandleSeries, b: CandleSeries): boolean {
  return (
    a.length === b.length &&
    CANDLE_FIELDS.every((field) =>
      a[field].every((value, i) => Math.abs(value - b[field][i]) <= TOLERANCE * value),
    )
  );
}

function knownUntil(candles: CandleSeries, timeframe: Timeframe, asOf: number): number {
  const newest = candles.at(-1);
  const seen = newest === undefined ? 0 : newest.time + timeframeMs(timeframe);
  return Math.max(seen, asOf - LATE_MS);
}
