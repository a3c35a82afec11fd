import { calibratedBarriers } from '../forecast/calibrated-barriers.js';
import type { HorizonModel, ModelCard, Provenance } from '../forecast/model-card.js';
import { reliabilityTable } from '../forecast/reliability.js';
import { BARRIER_GRID, barrierEvents } from './barrier-events.js';
import { fitBarrierCalibration } from './barrier-fit.js';
import { type Decision, hourlyDecisions, type SymbolHistory } from './decisions.js';
import { type Resolved, resolve, thin } from './resolved.js';
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
   * Decisions used for the two nonlinear fits; more changes the third digit.
   * @defaultValue 1500
   */
  readonly sampledDecisions?: number | undefined;
  /** Called as the fit goes on. */
  readonly onProgress?: ((step: string) => void) | undefined;
}

const HOUR_MS = 3_600_000;

const RELIABILITY_BINS = 20;

/**
 * Fits every number of a forecast on real histories.
 *
 * The reliability table of each horizon is out of sample: each set in turn is forecast by a model fitted on the others.
 */
export function fitModelCard(sets: readonly HistorySet[], options: FitOptions): ModelCard {
  const { horizonsMs = [HOUR_MS, 4 * HOUR_MS, 24 * HOUR_MS], onProgress = () => {} } = options;
  const { sampledDecisions = 1500 } = options;
  const decisions = sets.map(({ name, histories }) => {
    onProgress(`reading ${name}`);
    return histories.flatMap((history) => [...hourlyDecisions(history)]);
  });
  const horizons = horizonsMs.map((horizonMs) => {
    onProgress(`fitting ${horizonMs / HOUR_MS} h`);
    const resolved = decisions.map((rows) => resolve(rows, horizonMs));
    return fitHorizon(resolved, horizonMs, sampledDecisions);
  });
  onProgress('fitting direction');
  const tilt = fitTilt(decisions.map((rows) => tiltEvents(rows, horizons)));
  return {
    id: options.id,
    provenance: provenance(sets, decisions, options.command),
    horizons,
    tilt,
  };
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
    const others = sets.filter((_, k) => k !== i).flat();
    return others.length === 0
      ? []
      : forecasts(thin(rows, sampled), fitBarriers(others, horizonMs, sampled));
  });
  const table = reliabilityTable(
    Float64Array.from(unseen, ({ chance }) => chance),
    Uint8Array.from(unseen, ({ hit }) => (hit ? 1 : 0)),
    RELIABILITY_BINS,
  );
  const { volatility, barrier } = fitBarriers(sets.flat(), horizonMs, sampled);
  return {
    horizonMs,
    intercept: volatility.linear.intercept,
    weights: [...volatility.linear.weights],
    smearing: volatility.smearing,
    rangeFactor: volatility.rangeFactor,
    barrier,
    touch: fitTouch(thin(sets.flat(), sampled), volatility.sigmaOf),
    reliability: {
      count: table.map(({ count }) => count),
      hits: table.map(({ hits }) => hits),
      meanChance: table.map(({ meanChance }) => meanChance),
    },
    designEffect: BARRIER_GRID.length ** 2 * Math.max(1, horizonMs / HOUR_MS),
  };
}

function fitBarriers(rows: readonly Resolved[], horizonMs: number, sampled: number) {
  const volatility = fitVolatility(rows, horizonMs);
  const events = thin(rows, sampled).flatMap((row) => barrierEvents(row, volatility.sigmaOf(row)));
  return { volatility, barrier: fitBarrierCalibration(events) };
}

function forecasts(
  rows: readonly Resolved[],
  { volatility, barrier }: ReturnType<typeof fitBarriers>,
): { chance: number; hit: boolean }[] {
  return rows
    .flatMap((row) => barrierEvents(row, volatility.sigmaOf(row)))
    .map((event) => ({ chance: calibratedBarriers(event, barrier).target, hit: event.hit }));
}
