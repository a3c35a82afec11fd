import type { Outcome } from './labels.js';

/** A position's chances as they were forecast, and what then happened. */
export interface BarrierLine {
  readonly kind: 'barrier';
  readonly symbol: string;
  /** Moment of the forecast, epoch milliseconds; it was made from candles closed by then. */
  readonly time: number;
  readonly side: 'long' | 'short';
  /** Distances from the entry, as fractions of its price. */
  readonly target: number;
  readonly stop: number;
  readonly horizonMs: number;
  /** Forecast chance that the target is reached before the stop and within the horizon. */
  readonly p: number;
  /** The same for a market without direction. */
  readonly noSkill: number;
  /** Whether the position was expected to bring more than it costs. */
  readonly tradeable: boolean;
  readonly outcome: Outcome;
  /** Return after fees, slippage and funding, as a fraction of the entry price. */
  readonly netReturn: number;
}

/** The chance that a level is touched, and whether it was. */
export interface TouchLine {
  readonly kind: 'touch';
  readonly symbol: string;
  readonly time: number;
  readonly side: 'up' | 'down';
  /** Distance from the last close, as a fraction of it. */
  readonly level: number;
  readonly horizonMs: number;
  readonly p: number;
  readonly touched: boolean;
}

/** How far a price was expected to move, and how far it did. */
export interface RangeLine {
  readonly kind: 'range';
  readonly symbol: string;
  readonly time: number;
  readonly horizonMs: number;
  /** `ln(highest high / lowest low)`. */
  readonly forecastRange: number;
  /** Sum of squared log returns of the base closes. */
  readonly forecastVariance: number;
  readonly realisedRange: number;
  readonly realisedVariance: number;
}

/** One forecast and its outcome. */
export type ForecastLine = BarrierLine | TouchLine | RangeLine;

/** Digits that are kept of a probability, a distance and a forecast: more than any of them is known to. */
const DIGITS = 6;

/** A number as a line carries it. */
export function shortened(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
