import { tiltFromFeatures } from '../forecast/direction-tilt.js';
import { expectedReturn } from '../forecast/expected-return.js';
import type { ModelCard } from '../forecast/model-card.js';
import type { VolatilityForecast } from '../forecast/volatility.js';
import { positionChances } from '../forecast/win-probability.js';
import type { Market } from '../market/market.js';
import { BARRIER_GRID } from './barrier-events.js';
import { roundTripCost, type TradingCosts } from './costs.js';
import type { Decision } from './decisions.js';
import { type BarrierLine, shortened } from './forecast-line.js';
import { type Horizon, type Outcome, outcomeOf } from './labels.js';
import { priceAtLevel } from './price-at-level.js';
import { touchesAround } from './touches-around.js';

/** A position of which every distance of the grid is asked. */
export interface BarrierQuestion {
  readonly decision: Decision;
  readonly side: 'long' | 'short';
  readonly forecast: VolatilityForecast;
  readonly horizon: Horizon;
  readonly market: Market;
  readonly costs: TradingCosts;
  readonly card: ModelCard;
}

/** Every pair of the grid's targets and stops: its chances, and what happened from the open after the decision on. */
export function* barrierLines(question: BarrierQuestion): IterableIterator<BarrierLine> {
  const { decision, side, forecast, market, costs, card } = question;
  const { horizonMs } = forecast;
  const distances = BARRIER_GRID.map((multiple) => shortened(multiple * decision.atr));
  // A market whose range is nothing, or more than its price, has no position to ask about.
  if (!(distances[0] > 0 && distances[distances.length - 1] < 1)) return;
  const { above, below } = touchesAround(decision.history.base, question.horizon, distances);
  const [targets, stops] = side === 'long' ? [above, below] : [below, above];
  const cost = roundTripCost(market, costs, horizonMs);
  const tilt = tiltFromFeatures(decision.direction, card);
  for (let t = 0; t < distances.length; t++) {
    for (let s = 0; s < distances.length; s++) {
      const position = { side, target: distances[t], stop: distances[s] };
      const { noSkill, chances, proven } = positionChances(position, forecast, card, tilt);
      const outcome = outcomeOf(targets[t], stops[s]);
      const exit = exitOf(
        question,
        outcome,
        position,
        outcome === 'target' ? targets[t] : stops[s],
      );
      yield {
        kind: 'barrier',
        symbol: decision.history.symbol,
        time: decision.time,
        ...position,
        horizonMs,
        p: shortened(chances.target),
        noSkill: shortened(noSkill.target),
        tradeable: expectedReturn(position, { noSkill, chances: proven }, cost) > 0,
        outcome,
        netReturn: shortened(netReturn(question, exit)),
      };
    }
  }
}

/** Where and when a position was left. */
interface Exit {
  readonly price: number;
  /** Index of the candle. */
  readonly at: number;
}

function exitOf(
  { decision, side, horizon }: BarrierQuestion,
  outcome: Outcome,
  { target, stop }: { readonly target: number; readonly stop: number },
  touchedAt: number,
): Exit {
  const { base } = decision.history;
  const last = horizon.to - 1;
  if (outcome === 'timeout') return { price: base.close[last], at: last };
  const entry = base.open[horizon.from];
  const isAbove = (outcome === 'target') === (side === 'long');
  const distance = outcome === 'target' ? target : stop;
  const level = entry * (isAbove ? 1 + distance : 1 - distance);
  return { price: priceAtLevel(level, base.open[touchedAt], isAbove), at: touchedAt };
}

function netReturn(
  { decision, side, horizon, market, costs }: BarrierQuestion,
  exit: Exit,
): number {
  const { base, baseMs } = decision.history;
  const gross = exit.price / base.open[horizon.from] - 1;
  const heldMs = base.time[exit.at] + baseMs - decision.time;
  return (side === 'long' ? gross : -gross) - roundTripCost(market, costs, heldMs);
}
