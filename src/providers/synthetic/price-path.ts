import { FAT_TAILED, highBits, lowBits, unit } from './quantiles.js';
import { randomWords } from './random-words.js';
import { DAY_HOURS, HOUR_ACTIVITY, HOUR_MINUTES, MINUTE_ACTIVITY } from './session.js';

/** Points of a path in a minute: two between its open and its close give it a high and a low of its own. */
export const MINUTE_STEPS = 3;
export const HOUR_STEPS: number = HOUR_MINUTES * MINUTE_STEPS;

/** What a path does on the days of one regime. */
interface Regime {
  /** Drift per day, in units of the path's daily volatility. */
  readonly drift: number;
  /** Multiple of the path's daily volatility. */
  readonly volatility: number;
}

const REGIMES: readonly Regime[] = [
  { drift: 0, volatility: 0.6 },
  { drift: 0.3, volatility: 0.9 },
  { drift: -0.3, volatility: 1.1 },
  { drift: -0.1, volatility: 2 },
  { drift: 0, volatility: 0.9 },
];
/** A regime lasts 14 days on average. */
const SWITCH_PROBABILITY = 1 / 14;
/** A GARCH(1,1) of the daily moves with unit long-run variance. */
const SHOCK = 0.1;
const PERSISTENCE = 0.85;
const MAX_VARIANCE = 9;
/** Pull back to the start per day: years of drift neither double a price for ever nor grind it below its tick. */
const REVERSION = 0.004;

/** Volatility breathes from hour to hour, and again in each 5 minutes: how far, and how much of it stays. */
const HOUR_BREATH = { shock: 0.22, persistence: 0.85 };
const MINUTES_BREATH = { steps: 5 * MINUTE_STEPS, shock: 0.16, persistence: 0.93 };

/** A day of a path, hour by hour. */
export interface HourlyPath {
  /** Log prices relative to the path's start: entry `h` before hour `h`, and the last at the day's end. */
  readonly level: Float64Array;
  /** Standard deviation of each hour's move. */
  readonly deviation: Float64Array;
}

/** Where one day lies on a path. */
interface PathDay {
  readonly start: number;
  readonly move: number;
  readonly volatility: number;
  readonly regime: number;
  /** Variance of the GARCH recursion, 1 in the long run. */
  readonly variance: number;
}

/**
 * A random path of log prices, of which any day can be drawn without the hours and minutes of the others.
 *
 * Daily moves come first, one after another: regimes of drift and volatility, volatility clustering, fat tails. The hours of
 * a day bridge its two ends, and the minutes of an hour those of the hour.
 */
export class PricePath {
  readonly #key: readonly number[];
  readonly #dailyVolatility: number;
  readonly #days: PathDay[] = [];

  /**
   * @param dailyVolatility - Standard deviation of an ordinary day's log return.
   * @param key - What the randomness depends on.
   */
  constructor(dailyVolatility: number, ...key: readonly number[]) {
    this.#key = key;
    this.#dailyVolatility = dailyVolatility;
  }

  hours(day: number): HourlyPath {
    const { start, move, volatility } = this.#day(day);
    const words = randomWords(DAY_HOURS, ...this.#key, day, 1);
    const level = new Float64Array(DAY_HOURS + 1);
    const deviation = new Float64Array(DAY_HOURS);
    let breath = 0;
    let variance = 0;
    for (let h = 0; h < DAY_HOURS; h++) {
      breath = HOUR_BREATH.persistence * breath + HOUR_BREATH.shock * FAT_TAILED[lowBits(words[h])];
      deviation[h] = Math.sqrt(HOUR_ACTIVITY[h]) * Math.exp(breath);
      variance += deviation[h] ** 2;
      level[h + 1] = level[h] + deviation[h] * FAT_TAILED[highBits(words[h])];
    }
    const scale = volatility / Math.sqrt(variance);
    const correction = (move - scale * level[DAY_HOURS]) / variance;
    let elapsed = 0;
    for (let h = 0; h < DAY_HOURS; h++) {
      level[h] = start + scale * level[h] + correction * elapsed;
      elapsed += deviation[h] ** 2;
      deviation[h] *= scale;
    }
    level[DAY_HOURS] = start + move;
    return { level, deviation };
  }

  /** How a day departs from the straight lines between its hours: log prices, three to a minute, 0 on each full hour. */
  wiggle(day: number): Float64Array {
    const { deviation } = this.hours(day);
    const words = randomWords((DAY_HOURS * HOUR_STEPS) / 2, ...this.#key, day, 2);
    const wiggle = new Float64Array(DAY_HOURS * HOUR_STEPS + 1);
    for (let h = 0; h < DAY_HOURS; h++) {
      const from = h * HOUR_STEPS;
      this.#walk(wiggle, words, from);
      bridge(wiggle.subarray(from, from + HOUR_STEPS + 1), deviation[h]);
    }
    return wiggle;
  }

  /** An unscaled walk through one hour, from 0. */
  #walk(walk: Float64Array, words: Uint32Array, from: number): void {
    let breath = 0;
    let width = 1;
    walk[from] = 0;
    for (let step = 0; step < HOUR_STEPS; step++) {
      const at = from + step;
      // A word holds the draws of two steps in its ends, and between them, overlapping a little, that of a breath.
      const word = words[at >> 1];
      const draw = at & 1 ? highBits(word) : lowBits(word);
      if (step % MINUTES_BREATH.steps === 0) {
        breath =
          MINUTES_BREATH.persistence * breath +
          MINUTES_BREATH.shock * FAT_TAILED[(word >>> 10) & 0xfff];
        width = Math.exp(breath) * Math.sqrt(MINUTE_ACTIVITY[Math.floor(at / MINUTE_STEPS)]);
      }
      walk[at + 1] = walk[at] + width * FAT_TAILED[draw];
    }
  }

  #day(day: number): PathDay {
    for (let next = this.#days.length; next <= day; next++) this.#days.push(this.#draw(next));
    return this.#days[day];
  }

  #draw(day: number): PathDay {
    const [first, second] = randomWords(2, ...this.#key, day, 0);
    const before = this.#days[day - 1];
    const switches = before === undefined || unit(lowBits(first)) < SWITCH_PROBABILITY;
    const regime = switches ? second % REGIMES.length : before.regime;
    const start = before === undefined ? 0 : before.start + before.move;
    const variance = before === undefined ? 1 : nextVariance(before);
    const volatility = this.#dailyVolatility * REGIMES[regime].volatility * Math.sqrt(variance);
    const drift = REGIMES[regime].drift * this.#dailyVolatility - REVERSION * start;
    const move = drift + volatility * FAT_TAILED[highBits(first)];
    return { start, move, volatility, regime, variance };
  }
}

function nextVariance({ variance, move, volatility }: PathDay): number {
  const shock = variance * (move / volatility) ** 2;
  return Math.min(MAX_VARIANCE, 1 - SHOCK - PERSISTENCE + SHOCK * shock + PERSISTENCE * variance);
}

/** Turns a walk into a bridge from 0 to 0 whose moves have the variance of a walk of the given deviation. */
function bridge(walk: Float64Array, deviation: number): void {
  const last = walk.length - 1;
  let variance = 0;
  for (let i = 1; i <= last; i++) variance += (walk[i] - walk[i - 1]) ** 2;
  const scale = deviation / Math.sqrt(variance);
  const slope = walk[last] / last;
  for (let i = 0; i <= last; i++) walk[i] = scale * (walk[i] - slope * i);
  walk[last] = 0;
}
