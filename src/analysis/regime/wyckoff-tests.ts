import { trueRange } from '../indicators/atr.js';
import type { LogCandles } from './log-candles.js';

/** What a test looks at: the candles that lead into a stretch, and the stretch itself. */
export interface Stretch {
  readonly candles: LogCandles;
  /** Index of the stretch's first candle; those before it lead into it. */
  readonly start: number;
  /** Mean true range of the stretch, as a fraction. */
  readonly averageRange: number;
}

/**
 * One of Pruden's nine tests that candles can answer, asked for the bulls; the bears' test is the same test on the
 * mirrored market, in other words.
 */
export interface WyckoffTest {
  /** How clearly it was met, in the unit its sentence names; `NaN` when it was not. */
  measure(stretch: Stretch): number;
  bullish(measure: number): string;
  bearish(measure: number): string;
}

const CLIMAX_VOLUME = 2.5;
const CLIMAX_RANGE = 1.8;
// How near, in mean true ranges, a low must come to count as at the support.
const AT_SUPPORT = 1.5;
const TEST_DELAY = 5;
const TEST_VOLUME = 0.6;
const RALLY_VOLUME = 1.25;
const SUPPORT_RISE = 0.5;
// A spring shallower than this is noise, one deeper is a breakdown.
const SHALLOWEST_SPRING = 0.25;
const DEEPEST_SPRING = 2;
const UPPER_THIRD = 2 / 3;

const climax: WyckoffTest = {
  measure(stretch) {
    const i = climaxIndex(stretch);
    return i < 0 ? Number.NaN : stretch.candles.volume[i] / meanVolume(stretch);
  },
  bullish: (times) => `selling climax on ${times.toFixed(1)} times the usual volume`,
  bearish: (times) => `buying climax on ${times.toFixed(1)} times the usual volume`,
};

const secondaryTest: WyckoffTest = {
  measure(stretch) {
    const { low, volume, length } = stretch.candles;
    const first = climaxIndex(stretch);
    if (first < 0 || first + TEST_DELAY >= length) return Number.NaN;
    const i = lowestIndex(low, first + TEST_DELAY, length);
    const near = Math.abs(low[i] - low[first]) <= AT_SUPPORT * stretch.averageRange;
    const share = volume[i] / volume[first];
    return near && share <= TEST_VOLUME ? share : Number.NaN;
  },
  bullish: (share) => `support tested again on ${percent(share)} of the climax volume`,
  bearish: (share) => `resistance tested again on ${percent(share)} of the climax volume`,
};

const volumeOnRallies: WyckoffTest = {
  measure({ candles: { close, volume, length }, start }) {
    let [rallies, reactions, rallyVolume, reactionVolume] = [0, 0, 0, 0];
    for (let i = Math.max(1, start); i < length; i++) {
      if (close[i] > close[i - 1]) {
        rallies++;
        rallyVolume += volume[i];
      } else if (close[i] < close[i - 1]) {
        reactions++;
        reactionVolume += volume[i];
      }
    }
    if (reactionVolume === 0 || rallies === 0) return Number.NaN;
    const times = rallyVolume / rallies / (reactionVolume / reactions);
    return times >= RALLY_VOLUME ? times : Number.NaN;
  },
  bullish: (times) => `volume on rallies ${times.toFixed(1)} times that on reactions`,
  bearish: (times) => `volume on reactions ${times.toFixed(1)} times that on rallies`,
};

const risingSupports: WyckoffTest = {
  measure({ candles: { low, length }, start, averageRange }) {
    const third = Math.floor((length - start) / 3);
    const first = low[lowestIndex(low, start, start + third)];
    const second = low[lowestIndex(low, start + third, length - third)];
    const last = low[lowestIndex(low, length - third, length)];
    const rise = (last - first) / averageRange;
    return first < second && second < last && rise >= SUPPORT_RISE ? rise : Number.NaN;
  },
  bullish: (rise) => `supports rose by ${rise.toFixed(1)} average ranges`,
  bearish: (fall) => `resistances fell by ${fall.toFixed(1)} average ranges`,
};

const spring: WyckoffTest = {
  measure({ candles: { low, close, length }, start, averageRange }) {
    const middle = start + Math.floor((length - start) / 2);
    let support = low[lowestIndex(low, start, middle)];
    let depth = Number.NaN;
    for (let i = middle; i < length; i++) {
      const broke = (support - low[i]) / averageRange;
      const held = close[i] > support && close[length - 1] > support;
      if (broke >= SHALLOWEST_SPRING && broke <= DEEPEST_SPRING && held) depth = broke;
      support = Math.min(support, low[i]);
    }
    return depth;
  },
  bullish: (depth) => `spring ${depth.toFixed(1)} average ranges under the support`,
  bearish: (depth) => `upthrust ${depth.toFixed(1)} average ranges over the resistance`,
};

const nearHigh: WyckoffTest = {
  measure({ candles: { high, low, close, length }, start }) {
    let top = Number.NEGATIVE_INFINITY;
    for (let i = start; i < length; i++) top = Math.max(top, high[i]);
    const bottom = low[lowestIndex(low, start, length)];
    const place = (close[length - 1] - bottom) / (top - bottom);
    return place >= UPPER_THIRD ? place : Number.NaN;
  },
  bullish: (place) => `close at ${percent(place)} of the way up`,
  bearish: (place) => `close at ${percent(place)} of the way down`,
};

/** What tells accumulation from a mere pause. */
export const RANGE_TESTS: readonly WyckoffTest[] = [
  climax,
  secondaryTest,
  volumeOnRallies,
  risingSupports,
  spring,
];

/** What tells a sound advance from one that is failing. */
export const TREND_TESTS: readonly WyckoffTest[] = [volumeOnRallies, risingSupports, nearHigh];

// The climax ends the decline: it makes a new low, before the stretch or in its first third, that the stretch hardly leaves behind.
function climaxIndex(stretch: Stretch): number {
  const { candles, start, averageRange } = stretch;
  const { high, low, close, volume, length } = candles;
  const loud = CLIMAX_VOLUME * meanVolume(stretch);
  const support = low[lowestIndex(low, start, length)] + AT_SUPPORT * averageRange;
  const last = start + Math.floor((length - start) / 3);
  let found = -1;
  let lowest = low[0];
  for (let i = 1; i < last; i++) {
    const newLow = low[i] < lowest;
    if (newLow) lowest = low[i];
    if (!newLow || low[i] > support || volume[i] < loud || volume[i] === 0) continue;
    const wide = trueRange(high[i], low[i], close[i - 1]) >= CLIMAX_RANGE * averageRange;
    if (wide && (found < 0 || volume[i] > volume[found])) found = i;
  }
  return found;
}

function meanVolume({ candles: { volume, length }, start }: Stretch): number {
  let sum = 0;
  for (let i = start; i < length; i++) sum += volume[i];
  return sum / (length - start);
}

function lowestIndex(low: Float64Array, from: number, to: number): number {
  let lowest = from;
  for (let i = from + 1; i < to; i++) if (low[i] < low[lowest]) lowest = i;
  return lowest;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)}%`;
}
