import { defaultModelCard } from '../forecast/default-model-card.js';
import type { ModelCard } from '../forecast/model-card.js';
import { calibratedTouch } from '../forecast/touch-probability.js';
import { bracket, forecastFromFeatures, type VolatilityForecast } from '../forecast/volatility.js';
import type { Market } from '../market/market.js';
import { barrierLines } from './barrier-lines.js';
import { DEFAULT_COSTS, type TradingCosts } from './costs.js';
import { type Decision, hourlyDecisions, type SymbolHistory } from './decisions.js';
import { type ForecastLine, type RangeLine, shortened, type TouchLine } from './forecast-line.js';
import { firstTouches, type Horizon, horizonAfter, NEVER, realizedMove } from './labels.js';

/** Which forecasts are made. */
export interface ForecastLineOptions {
  /** Decisions from this moment on, epoch milliseconds; what came before is read to warm up. @defaultValue the first there can be */
  readonly from?: number | undefined;
  /** Decisions before this moment; outcomes are read from what followed. @defaultValue the last there can be */
  readonly to?: number | undefined;
  readonly costs?: TradingCosts | undefined;
  /** @defaultValue the shipped card */
  readonly card?: ModelCard | undefined;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Levels that mean something to a trader at each horizon: each is touched every third or fourth time. */
const TOUCHES = [
  { horizonMs: HOUR_MS, level: 0.005 },
  { horizonMs: 4 * HOUR_MS, level: 0.01 },
  { horizonMs: DAY_MS, level: 0.03 },
] as const;

const RANGE_HORIZONS_MS = [HOUR_MS, 4 * HOUR_MS, DAY_MS] as const;

/** One of these an hour, in turn, and moved on by one a day so that none keeps to the same hours. */
const POSITIONS = [
  { side: 'long', horizonMs: 4 * HOUR_MS },
  { side: 'short', horizonMs: DAY_MS },
  { side: 'short', horizonMs: 4 * HOUR_MS },
  { side: 'long', horizonMs: DAY_MS },
] as const;

// An outage of some hours leaves a forecast worth having; after a longer one there is no day to forecast from.
const MOST_MISSING = 0.25;

/**
 * Every hour's forecasts of one symbol beside what then happened, in the order of time.
 *
 * Forecasts are made from candles closed by the moment of the decision; outcomes are read from the base candles after it. A
 * forecast whose horizon reaches beyond the data, or of which a quarter of the candles is missing, is left out.
 */
export function* forecastLines(
  history: SymbolHistory,
  market: Market,
  options: ForecastLineOptions = {},
): IterableIterator<ForecastLine> {
  const { from = 0, to = Number.POSITIVE_INFINITY } = options;
  const { costs = DEFAULT_COSTS, card = defaultModelCard } = options;
  for (const decision of hourlyDecisions(history, { mostMissing: MOST_MISSING })) {
    if (decision.time < from || decision.time >= to) continue;
    const seen = new SeenHorizons(decision, card);
    const { side, horizonMs } = positionAt(decision.time);
    const position = seen.at(horizonMs);
    if (position !== undefined) {
      yield* barrierLines({ ...position, decision, side, market, costs, card });
    }
    yield* touchLines(seen);
    yield* rangeLines(seen);
  }
}

function positionAt(time: number): (typeof POSITIONS)[number] {
  const turn = Math.floor(time / HOUR_MS) + Math.floor(time / DAY_MS);
  return POSITIONS[turn % POSITIONS.length];
}

/** A forecast and the candles of its horizon. */
interface SeenHorizon {
  readonly forecast: VolatilityForecast;
  readonly horizon: Horizon;
}

/** What is forecast at one moment for each horizon that can be followed to its end. */
class SeenHorizons {
  readonly #seen = new Map<number, SeenHorizon | undefined>();

  constructor(
    readonly decision: Decision,
    readonly card: ModelCard,
  ) {}

  at(horizonMs: number): SeenHorizon | undefined {
    if (!this.#seen.has(horizonMs)) this.#seen.set(horizonMs, this.#look(horizonMs));
    return this.#seen.get(horizonMs);
  }

  #look(horizonMs: number): SeenHorizon | undefined {
    const { time, week, features, history } = this.decision;
    const horizon = horizonAfter(history.base, history.baseMs, time, horizonMs);
    const least = ((1 - MOST_MISSING) * horizonMs) / history.baseMs;
    if (horizon === undefined || horizon.to - horizon.from < least) return undefined;
    const forecast = forecastFromFeatures(week, features, horizonMs, this.card);
    return forecast && { forecast, horizon };
  }
}

function* touchLines(seen: SeenHorizons): IterableIterator<TouchLine> {
  const { history, time, price } = seen.decision;
  const reachedAt = new Int32Array(1);
  for (const { horizonMs, level } of TOUCHES) {
    const known = seen.at(horizonMs);
    if (known === undefined) continue;
    const { sigma } = known.forecast;
    const { touch } = bracket(seen.card, horizonMs).upper;
    for (const side of ['up', 'down'] as const) {
      const target = price * (side === 'up' ? 1 + level : 1 - level);
      firstTouches(history.base, known.horizon, side, Float64Array.of(target), reachedAt);
      const p = shortened(calibratedTouch({ side, level, sigma }, touch));
      const touched = reachedAt[0] !== NEVER;
      yield { kind: 'touch', symbol: history.symbol, time, side, level, horizonMs, p, touched };
    }
  }
}

function* rangeLines(seen: SeenHorizons): IterableIterator<RangeLine> {
  const { history, time, baseVarianceRatio } = seen.decision;
  for (const horizonMs of RANGE_HORIZONS_MS) {
    const known = seen.at(horizonMs);
    if (known === undefined) continue;
    const { range, variance } = realizedMove(history.base, known.horizon);
    yield {
      kind: 'range',
      symbol: history.symbol,
      time,
      horizonMs,
      forecastRange: shortened(known.forecast.range),
      forecastVariance: shortened(known.forecast.variance * baseVarianceRatio),
      realisedRange: range,
      realisedVariance: variance,
    };
  }
}
