import { FAT_TAILED, high, low, unit } from './quantiles.js';
import { randomWords } from './random-words.js';
import { DAY_MINUTES, MOVEMENT } from './session.js';

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

/** Volatility within a day breathes in steps of 5 minutes: an AR(1) of its logarithm. */
const BREATH_MINUTES = 5;
const BREATH_PERSISTENCE = 0.97;
const BREATH_SHOCK = 0.13;

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
 * A random path of log prices, minute by minute, of which any day can be drawn without the minutes of the others.
 *
 * Daily moves come first, one after another: regimes of drift and volatility, volatility clustering, fat tails. The minutes
 * of a day are then a bridge between its two ends, in a time that runs faster when the session is busy.
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

  /** Log prices of a day relative to the path's start: entry `m` before minute `m`, and the last at the day's end. */
  minutes(day: number): Float64Array {
    const { start, move, volatility } = this.#day(day);
    const path = new Float64Array(DAY_MINUTES + 1);
    const elapsed = new Float64Array(DAY_MINUTES + 1);
    this.#walk(day, path, elapsed);
    const total = elapsed[DAY_MINUTES];
    const scale = volatility / Math.sqrt(total);
    const correction = (move - scale * path[DAY_MINUTES]) / total;
    for (let m = 0; m <= DAY_MINUTES; m++) {
      path[m] = start + scale * path[m] + correction * elapsed[m];
    }
    return path;
  }

  /** Log price at the beginning of a day, relative to the path's start. */
  startOf(day: number): number {
    return this.#day(day).start;
  }

  #walk(day: number, path: Float64Array, elapsed: Float64Array): void {
    const words = randomWords(DAY_MINUTES, ...this.#key, day, 1);
    let breath = FAT_TAILED[low(words[DAY_MINUTES - 1])] * 0.5;
    let width = 1;
    for (let m = 0; m < DAY_MINUTES; m++) {
      if (m % BREATH_MINUTES === 0) {
        breath = BREATH_PERSISTENCE * breath + BREATH_SHOCK * FAT_TAILED[low(words[m])];
        width = Math.exp(breath);
      }
      const deviation = MOVEMENT[m] * width;
      path[m + 1] = path[m] + deviation * FAT_TAILED[high(words[m])];
      elapsed[m + 1] = elapsed[m] + deviation * deviation;
    }
  }

  #day(day: number): PathDay {
    for (let next = this.#days.length; next <= day; next++) this.#days.push(this.#draw(next));
    return this.#days[day];
  }

  #draw(day: number): PathDay {
    const [first, second] = randomWords(2, ...this.#key, day, 0);
    const before = this.#days[day - 1];
    const switches = before === undefined || unit(low(first)) < SWITCH_PROBABILITY;
    const regime = switches ? second % REGIMES.length : before.regime;
    const start = before === undefined ? 0 : before.start + before.move;
    const variance = before === undefined ? 1 : nextVariance(before);
    const volatility = this.#dailyVolatility * REGIMES[regime].volatility * Math.sqrt(variance);
    const drift = REGIMES[regime].drift * this.#dailyVolatility - REVERSION * start;
    const move = drift + volatility * FAT_TAILED[high(first)];
    return { start, move, volatility, regime, variance };
  }
}

function nextVariance({ variance, move, volatility }: PathDay): number {
  const shock = variance * (move / volatility) ** 2;
  return Math.min(MAX_VARIANCE, 1 - SHOCK - PERSISTENCE + SHOCK * shock + PERSISTENCE * variance);
}
