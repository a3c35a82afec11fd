import { wilsonInterval } from './wilson-interval.js';

/** One row of a reliability table: forecasts of about one size, and how often the event then happened. */
export interface ReliabilityBin {
  readonly count: number;
  readonly hits: number;
  /** Mean forecast of the bin. */
  readonly meanChance: number;
  /** Share of the bin's events that happened. */
  readonly hitRate: number;
  /** 95% Wilson interval of `hitRate`, taking the events as independent. */
  readonly low: number;
  readonly high: number;
}

/**
 * Forecasts against outcomes in bins of equal count, lowest forecasts first.
 *
 * Bins lie at their mean forecast, not at a midpoint of a grid, because forecasts crowd where the events are.
 *
 * @param bins - How many; fewer when there are fewer forecasts.
 */
export function reliabilityTable(
  chances: Float64Array,
  outcomes: Uint8Array,
  bins = 15,
): readonly ReliabilityBin[] {
  const order = Uint32Array.from(chances, (_, i) => i).sort(
    (a, b) => chances[a] - chances[b] || a - b,
  );
  const used = Math.min(bins, order.length);
  const table: ReliabilityBin[] = [];
  for (let k = 0; k < used; k++) {
    const from = Math.floor((k * order.length) / used);
    const to = Math.floor(((k + 1) * order.length) / used);
    table.push(bin(order.subarray(from, to), chances, outcomes));
  }
  return table;
}

function bin(members: Uint32Array, chances: Float64Array, outcomes: Uint8Array): ReliabilityBin {
  let sum = 0;
  let hits = 0;
  for (const i of members) {
    sum += chances[i];
    hits += outcomes[i];
  }
  const count = members.length;
  const [low, high] = wilsonInterval(hits, count);
  return { count, hits, meanChance: sum / count, hitRate: hits / count, low, high };
}

/**
 * Expected calibration error: mean distance between forecast and hit rate over the bins, weighted by count.
 *
 * Never read it alone: a constant forecast at the base rate has an error of 0 and no skill.
 */
export function calibrationError(table: readonly ReliabilityBin[]): number {
  let total = 0;
  let distance = 0;
  for (const { count, meanChance, hitRate } of table) {
    total += count;
    distance += count * Math.abs(meanChance - hitRate);
  }
  return distance / total;
}

/** The Murphy decomposition: `brier = reliability - resolution + uncertainty`, up to the spread within bins. */
export interface BrierDecomposition {
  /** Squared distance of forecasts from hit rates; lower is better. */
  readonly reliability: number;
  /** How far the bins' hit rates lie from the base rate; higher is better. */
  readonly resolution: number;
  /** Variance of the outcome itself. */
  readonly uncertainty: number;
}

/** Splits a Brier score over a reliability table. A. H. Murphy, Journal of Applied Meteorology 12 (1973). */
export function decomposeBrier(table: readonly ReliabilityBin[]): BrierDecomposition {
  let count = 0;
  let hits = 0;
  for (const bin of table) {
    count += bin.count;
    hits += bin.hits;
  }
  const base = hits / count;
  let reliability = 0;
  let resolution = 0;
  for (const bin of table) {
    reliability += (bin.count / count) * (bin.meanChance - bin.hitRate) ** 2;
    resolution += (bin.count / count) * (bin.hitRate - base) ** 2;
  }
  return { reliability, resolution, uncertainty: base * (1 - base) };
}
