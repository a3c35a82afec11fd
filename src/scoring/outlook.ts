import type { TimeframeReadings } from '../analysis/timeframe-reader.js';
import { defaultModelCard } from '../forecast/default-model-card.js';
import { directionTilt } from '../forecast/direction-tilt.js';
import { expectedReturn } from '../forecast/expected-return.js';
import type { ModelCard } from '../forecast/model-card.js';
import { forecastVolatility } from '../forecast/volatility.js';
import {
  FAST_TIMEFRAME,
  SLOW_TIMEFRAME,
  type VolatilityReadings,
} from '../forecast/volatility-reader.js';
import { type PositionChances, positionChances } from '../forecast/win-probability.js';
import type { Timeframe } from '../market/timeframe.js';
import type { TradePlan, WinProbability } from './signal.js';

/** What a plan's chances are asked of. */
export interface OutlookInput {
  readonly direction: 'long' | 'short';
  readonly plan: TradePlan;
  /** `undefined` when the timeframes of a forecast are not scanned. */
  readonly volatility: VolatilityReadings | undefined;
  /** Indicators by timeframe, from which comes an opinion on direction. */
  readonly readings: ReadonlyMap<Timeframe, TimeframeReadings> | undefined;
  /** The moment of the forecast, epoch milliseconds. */
  readonly time: number;
  /** How long the position may stay open. */
  readonly horizonMs: number;
  /** @defaultValue the shipped card */
  readonly card?: ModelCard | undefined;
  /** Whether an opinion on direction counts. @defaultValue true */
  readonly trustDirection?: boolean | undefined;
}

/** What a plan can be expected to bring. */
export interface Outlook {
  readonly winProbability: WinProbability;
  /** Fraction of the entry price, net of the plan's costs. */
  readonly expectedReturn: number;
  /** The same when the opinion on direction counts only as far as unseen data bear it out. */
  readonly provenReturn: number;
  /** Forecast range over the round-trip cost. */
  readonly opportunity: number;
  /**
   * Chance of the target in a bet that always ends at a level and is worth as much before costs, by what unseen data bear out; what the
   * size may be capped by.
   */
  readonly decidedChance: number;
}

/** Whether a plan is expected to bring more than it costs, by what is proven. */
export function isWorthwhile(outlook: Outlook | string): outlook is Outlook {
  return typeof outlook !== 'string' && outlook.provenReturn > 0;
}

/** Calibrated chances of a plan, or a sentence that says why there are none. */
export function outlookOf(input: OutlookInput): Outlook | string {
  const { direction, plan, volatility, time, horizonMs, card = defaultModelCard } = input;
  if (volatility === undefined) {
    return `a volatility forecast needs candles of ${FAST_TIMEFRAME} and ${SLOW_TIMEFRAME}`;
  }
  const forecast = forecastVolatility(volatility, time, horizonMs, card);
  if (forecast === undefined) return 'a volatility forecast needs a week of candles';
  const { entryPrice, takeProfit, stopLoss, roundTripCost } = plan;
  const target = Math.abs(takeProfit - entryPrice) / entryPrice;
  const stop = Math.abs(entryPrice - stopLoss) / entryPrice;
  if (direction === 'long' ? stop >= 1 : target >= 1) return 'a level lies at or below zero';
  const position = { side: direction, target, stop };
  const tilt = tiltOf(input, card);
  const chances = positionChances(position, forecast, card, tilt);
  const provenWorth = expectedReturn(position, { ...chances, chances: chances.proven }, 0);
  return {
    winProbability: winProbability(chances, horizonMs, card),
    expectedReturn: expectedReturn(position, chances, roundTripCost),
    provenReturn: provenWorth - roundTripCost,
    opportunity: forecast.range / roundTripCost,
    decidedChance: (stop + provenWorth) / (target + stop),
  };
}

function tiltOf({ readings, trustDirection = true }: OutlookInput, card: ModelCard): number {
  if (!trustDirection) return 0;
  const fast = readings?.get(FAST_TIMEFRAME);
  const slow = readings?.get(SLOW_TIMEFRAME);
  return fast && slow ? directionTilt(fast, slow, card) : 0;
}

function winProbability(
  { noSkill, chances, low, high, sampleSize }: PositionChances,
  horizonMs: number,
  { id }: ModelCard,
): WinProbability {
  return {
    value: chances.target,
    noSkill: noSkill.target,
    timeout: chances.timeout,
    low,
    high,
    sampleSize,
    horizonMs,
    model: id,
  };
}
