import { BlockSums } from './block-sums.js';
import { type Candles, indexAt } from './candle-folder.js';
import type { RangeLine } from './event-line.js';
import type { Figure } from './figure.js';
import { spearman } from './ranks.js';

const HOUR_MS = 3_600_000;

/** Half-lives of the two averages to be better than. */
const HALF_LIVES_MS = [HOUR_MS, 6 * HOUR_MS] as const;

/** Fewer symbols than this at one moment cannot be ranked. */
const LEAST_RANKED = 5;
const LEAST_CORRELATION = 0.68;
const LEAST_GAIN = 0.08;

/** Whether symbols are ranked by how far they will move, and variance is forecast better than an average tells it. */
export class RangeFigures {
  readonly #ranges = new Map<number, Map<number, { forecast: number[]; realised: number[] }>>();
  readonly #losses = new Map<number, BlockSums>();
  readonly #averages = new WeakMap<Candles, readonly Float64Array[]>();

  add(line: RangeLine, realised: { range: number; variance: number }, candles: Candles): void {
    const { horizonMs, time, forecastRange, forecastVariance } = line;
    const byTime = this.#ranges.get(horizonMs) ?? new Map();
    this.#ranges.set(horizonMs, byTime);
    const seen = byTime.get(time) ?? { forecast: [], realised: [] };
    byTime.set(time, seen);
    seen.forecast.push(forecastRange);
    seen.realised.push(realised.range);
    // A price that did not move at all has no logarithm of its variance.
    if (!(realised.variance > 0)) return;
    const losses = this.#losses.get(horizonMs) ?? new BlockSums(4, horizonMs > 8 * HOUR_MS ? 7 : 1);
    this.#losses.set(horizonMs, losses);
    const last = indexAt(candles, time) - 1;
    const block = losses.at(time);
    block[0] += 1;
    block[1] += quasiLikelihood(realised.variance, forecastVariance);
    this.#averagesOf(candles).forEach((average, k) => {
      const forecast = Math.max(1e-12, (average[last] * horizonMs) / candles.ms);
      block[2 + k] += quasiLikelihood(realised.variance, forecast);
    });
  }

  figures(): readonly Figure[] {
    const horizons = [...this.#ranges.keys()].sort((a, b) => a - b);
    return [
      ...horizons.flatMap((horizonMs) => this.#rankFigure(horizonMs)),
      ...horizons.map((horizonMs) => this.#gainFigure(horizonMs)),
      this.#pooledGain(),
    ];
  }

  #rankFigure(horizonMs: number): readonly Figure[] {
    const sums = new BlockSums(2, horizonMs > 8 * HOUR_MS ? 7 : 1);
    for (const [time, { forecast, realised }] of this.#ranges.get(horizonMs) ?? []) {
      if (forecast.length < LEAST_RANKED) continue;
      const correlation = spearman(forecast, realised);
      if (Number.isNaN(correlation)) continue;
      const block = sums.at(time);
      block[0] += 1;
      block[1] += correlation;
    }
    const [count] = sums.total;
    if (count === 0) return [];
    const hours = horizonMs / HOUR_MS;
    return [
      {
        name: `range ${hours} h: rank correlation across symbols`,
        count,
        ...sums.estimate(([moments, correlations]) => correlations / moments),
        least: hours === 4 ? LEAST_CORRELATION : undefined,
      },
    ];
  }

  #gainFigure(horizonMs: number): Figure {
    const losses = this.#losses.get(horizonMs) as BlockSums;
    return {
      name: `variance ${horizonMs / HOUR_MS} h: loss saved of the better average's`,
      count: losses.total[0],
      ...losses.estimate(gain),
    };
  }

  #pooledGain(): Figure {
    const pooled = new BlockSums(4, 7);
    for (const losses of this.#losses.values()) losses.addTo(pooled);
    return {
      name: "variance, pooled: loss saved of the better average's",
      count: pooled.total[0],
      ...pooled.estimate(gain),
      least: LEAST_GAIN,
    };
  }

  #averagesOf(candles: Candles): readonly Float64Array[] {
    let averages = this.#averages.get(candles);
    if (averages === undefined) {
      averages = HALF_LIVES_MS.map((halfLife) => squaredReturns(candles, halfLife));
      this.#averages.set(candles, averages);
    }
    return averages;
  }
}

/** What the forecast saves of the loss of the better average, over the same sums. */
function gain([, ours, fast, slow]: Float64Array): number {
  return 1 - ours / Math.min(fast, slow);
}

/** The loss of a variance forecast that a noisy measure of variance does not mislead. */
function quasiLikelihood(realised: number, forecast: number): number {
  return realised / forecast - Math.log(realised / forecast) - 1;
}

/** Exponentially weighted mean of squared log returns, candle by candle. */
function squaredReturns({ ms, close }: Candles, halfLifeMs: number): Float64Array {
  const keep = 0.5 ** (ms / halfLifeMs);
  const average = new Float64Array(close.length);
  for (let i = 1; i < close.length; i++) {
    const square = Math.log(close[i] / close[i - 1]) ** 2;
    average[i] = i === 1 ? square : keep * average[i - 1] + (1 - keep) * square;
  }
  return average;
}
