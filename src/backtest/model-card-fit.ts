import { ScannerError } from '../errors.js';
import type { HorizonModel, ModelCard, Provenance } from '../forecast/model-card.js';
import { reliabilityTable } from '../forecast/reliability.js';
import { fairChances } from '../forecast/win-probability.js';
import { BARRIER_GRID, barrierEvents } from './barrier-events.js';
import { type Decision, hourlyDecisions, type SymbolHistory } from './decisions.js';
import { type Resolved, resolve, thin } from './resolved.js';
import { fitSigmaCalibration } from './sigma-fit.js';
import { tiltEvents } from './tilt-events.js';
import { fitTilt } from './tilt-fit.js';
import { fitTouch } from './touch-fit.js';
import { fitVolatility } from './volatility-fit.js';

/** A named set of histories, such as one exchange and year. */
export interface HistorySet {
  readonly name: string;
  readonly histories: readonly SymbolHistory[];
}

/** What a model card is fitted with. */
export interface FitOptions {
  readonly id: string;
  /** The command to print in the card, so that a reader can run it again. */
  readonly command: string;
  /** @defaultValue one hour, four hours, one day */
  readonly horizonsMs?: readonly number[] | undefined;
  /**
   * Decisions used for the two nonlinear fits; fewer are noisier, by days rather than by decisions.
   * @defaultValue 4000
   */
  readonly sampledDecisions?: number | undefined;
  /** Called before each step, with how many are done of how many. */
  readonly onProgress?: ((step: string, done: number, total: number) => void) | undefined;
  /** Horizons fitted on the same data with the same options before, which need no second fit. */
  readonly fitted?: readonly HorizonModel[] | undefined;
  /** Called with each horizon as it is fitted, for whoever may have to go on later. */
  readonly onHorizon?: ((model: HorizonModel) => void) | undefined;
}

const HOUR_MS = 3_600_000;

/** The horizons that a card is fitted for unless told. */
export const FITTED_HORIZONS_MS: readonly number[] = [HOUR_MS, 4 * HOUR_MS, 24 * HOUR_MS];

const RELIABILITY_BINS = 20;

const SIDES = ['long', 'short'] as const;

/**
 * Fits every number of a forecast on real histories.
 *
 * The reliability table of each horizon is out of sample: each set in turn is forecast by a model fitted on the others.
 *
 * @throws ScannerError `insufficient_data` where no decision can be followed to its end.
 */
export function fitModelCard(sets: readonly HistorySet[], options: FitOptions): ModelCard {
  const { horizonsMs = FITTED_HORIZONS_MS, fitted = [] } = options;
  const { sampledDecisions = 4000, onProgress = () => {}, onHorizon = () => {} } = options;
  const steps = sets.length + horizonsMs.length + 1;
  const decisions = sets.map(({ name, histories }, i) => {
    onProgress(`reading ${name}`, i, steps);
    return histories.flatMap((history) => [...hourlyDecisions(history)]);
  });
  const horizons = horizonsMs.map((horizonMs, i) => {
    const known = fitted.find((model) => model.horizonMs === horizonMs);
    if (known !== undefined) return known;
    onProgress(`fitting ${horizonMs / HOUR_MS} h`, sets.length + i, steps);
    const resolved = decisions.map((rows) => resolve(rows, horizonMs));
    requireSome(resolved, horizonMs);
    const model = fitHorizon(resolved, horizonMs, sampledDecisions);
    onHorizon(model);
    return model;
  });
  onProgress('fitting direction', steps - 1, steps);
  const tilt = fitTilt(decisions.map((rows) => tiltEvents(rows, horizons)));
  return {
    id: options.id,
    provenance: provenance(sets, decisions, options.command),
    horizons,
    tilt,
  };
}

function requireSome(sets: readonly (readonly Resolved[])[], horizonMs: number): void {
  if (sets.some((rows) => rows.length > 0)) return;
  throw new ScannerError(
    'insufficient_data',
    `a fit of ${horizonMs / HOUR_MS} h needs a symbol that moves, with a week of candles before and ${horizonMs / HOUR_MS} h after a decision; there is none`,
  );
}

function provenance(
  sets: readonly HistorySet[],
  decisions: readonly (readonly Decision[])[],
  command: string,
): Provenance {
  const data = sets.map(({ name, histories }, i) => ({
    name,
    symbols: histories.length,
    from: Math.min(...histories.map(({ base }) => base.time[0])),
    to: Math.max(...histories.map(({ base, baseMs }) => base.time[base.length - 1] + baseMs)),
    decisions: decisions[i].length,
  }));
  return { command, data };
}

function fitHorizon(
  sets: readonly (readonly Resolved[])[],
  horizonMs: number,
  sampled: number,
): HorizonModel {
  const unseen = sets.flatMap((rows, i) => {
    const others = sets.filter((_, k) => k !== i);
    return others.length === 0
      ? []
      : forecasts(thin(rows, sampled), fitBarriers(others, horizonMs, sampled));
  });
  const table = reliabilityTable(
    Float64Array.from(unseen, ({ chance }) => chance),
    Uint8Array.from(unseen, ({ hit }) => (hit ? 1 : 0)),
    RELIABILITY_BINS,
  );
  const { volatility, barrier } = fitBarriers(sets, horizonMs, sampled);
  return {
    horizonMs,
    intercept: volatility.linear.intercept,
    weights: [...volatility.linear.weights],
    smearing: volatility.smearing,
    rangeFactor: volatility.rangeFactor,
    barrier,
    touch: fitTouch(evenly(sets, sampled), horizonMs, volatility.sigmaOf),
    reliability: {
      count: table.map(({ count }) => count),
      hits: table.map(({ hits }) => hits),
      meanChance: table.map(({ meanChance }) => meanChance),
    },
    designEffect: BARRIER_GRID.length ** 2 * Math.max(1, horizonMs / HOUR_MS),
  };
}

function fitBarriers(sets: readonly (readonly Resolved[])[], horizonMs: number, sampled: number) {
  const volatility = fitVolatility(sets.flat(), horizonMs);
  // Both sides of every decision: what a year's rise or fall made of long positions it took from short ones, and what is left
  // is how far prices reach. Time-outs tell that without any luck of direction, so all three outcomes count.
  const events = evenly(sets, sampled).flatMap((row, i) =>
    SIDES.flatMap((side) => barrierEvents(row, volatility.sigmaOf(row), side).filter(isDrawn(i))),
  );
  const barrier = fitSigmaCalibration(
    events,
    (event, calibration) => fairChances(event, event.sigma, calibration)[event.outcome],
  );
  return { volatility, barrier };
}

// The pairs of one decision repeat each other: one of five, in turn, leaves room for five times the decisions.
function isDrawn(row: number): (event: unknown, pair: number) => boolean {
  const size = BARRIER_GRID.length;
  return (_, pair) => (Math.floor(pair / size) + pair + row) % size === 0;
}

/** About `most` rows, as many of each set: a year with many symbols is still one year. */
function evenly(sets: readonly (readonly Resolved[])[], most: number): readonly Resolved[] {
  return sets.flatMap((rows) => thin(rows, most / sets.length));
}

function forecasts(
  rows: readonly Resolved[],
  { volatility, barrier }: ReturnType<typeof fitBarriers>,
): { chance: number; hit: boolean }[] {
  // Long at even hours and short at odd ones, so that neither side is favoured and no path counts twice.
  return rows
    .flatMap((row) =>
      barrierEvents(row, volatility.sigmaOf(row), SIDES[(row.decision.time / HOUR_MS) % 2]),
    )
    .map((event) => ({
      chance: fairChances(event, event.sigma, barrier).target,
      hit: event.outcome === 'target',
    }));
}
