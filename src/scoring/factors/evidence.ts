import type { Timeframe } from '../../market/timeframe.js';

/** What the evidence that is there says together. */
export interface Consensus {
  /** Weighted mean, -1 to +1. */
  readonly bias: number;
  /** How far the evidence points one way, from 0 to just under 1: `|sum(w v)| / (sum(w |v|) + 0.05 sum(w))`. */
  readonly agreement: number;
  /** Share of the weight that was there, 0 to 1. */
  readonly coverage: number;
}

// Evidence fainter than this is no agreement, however unanimous: it keeps a market that hardly moves from being read as certain.
const FAINT = 0.05;

// Beyond a million deviations the curve is 1 to the last digit, and the square may overflow.
const FAR = 1e12;

/** The observations inside a factor, weighed together as they come: a back-test makes millions, and keeps none. */
export class Evidence {
  #asked = 0;
  #present = 0;
  #signed = 0;
  #absolute = 0;

  /** @param value - -1 bearish to +1 bullish; `NaN` when the observation is absent. */
  add(value: number, weight: number): void {
    this.#asked += weight;
    if (Number.isNaN(value)) return;
    this.#present += weight;
    this.#signed += weight * value;
    this.#absolute += weight * Math.abs(value);
  }

  /** What was added says together; `undefined` when none of it was there. */
  consensus(): Consensus | undefined {
    if (this.#present === 0) return undefined;
    return {
      bias: clamp(this.#signed / this.#present, -1, 1),
      agreement: Math.abs(this.#signed) / (this.#absolute + FAINT * this.#present),
      coverage: this.#present / this.#asked,
    };
  }
}

/**
 * How much a timeframe weighs among those asked for: the n-th shortest weighs n, because a longer timeframe holds more of the
 * market's history and less of its noise.
 */
export function timeframeWeight(timeframes: readonly Timeframe[], index: number): number {
  return (index + 1) / ((timeframes.length * (timeframes.length + 1)) / 2);
}

/**
 * How far an observation is beyond chance, -1 to +1: `z |z| / (z^2 + 2)`, where `z` is its distance from neutral in standard
 * deviations of what a random walk shows.
 *
 * One deviation, which chance exceeds a third of the time, says a third; two say two thirds. A curve that is steep at zero, such as
 * `tanh`, makes a trend out of every walk.
 */
export function beyondChance(z: number): number {
  const square = Math.min(z * z, FAR);
  return (Math.sign(z) * square) / (square + 2);
}

/** How much an observation still counts, 1 when new and half with every half-life of age; what is not yet old is new. */
export function ageTrust(ageMs: number, halfLifeMs: number): number {
  // Asked of every trade of every symbol: `2 ** x` takes two and a half times as long.
  return Math.exp((-Math.LN2 * Math.max(0, ageMs)) / halfLifeMs);
}

/** `value` kept between two bounds; `NaN` stays `NaN`. */
export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** A signed number as a sentence shows it: `+0.42`, `-1.30`. */
export function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(2)}`;
}
