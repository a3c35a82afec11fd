import { BlockSums } from './block-sums.js';
import type { TouchLine } from './event-line.js';
import type { Figure } from './figure.js';

const HOUR_MS = 3_600_000;
const BINS = 15;
const PER_BIN = 3;

/** Largest calibration error by horizon. */
const MOST_ERROR = (hours: number): number => (hours >= 24 ? 0.05 : 0.02);
const LEAST_SKILL = 0.08;

interface Touch {
  readonly time: number;
  readonly p: number;
  readonly touched: 0 | 1;
}

/** How often a level was touched in the data that a forecast was fitted on, by horizon. */
export type BaseRates = ReadonlyMap<number, number>;

/** Whether the chance of a touch means what it says, and whether it says more than the base rate. */
export class TouchFigures {
  readonly #byHorizon = new Map<number, Touch[]>();

  add({ horizonMs, time, p }: TouchLine, isTouched: boolean): void {
    const seen = this.#byHorizon.get(horizonMs) ?? [];
    this.#byHorizon.set(horizonMs, seen);
    seen.push({ time, p, touched: isTouched ? 1 : 0 });
  }

  /** @param training - Base rates to be better than; the data's own where none are given, which are harder to beat. */
  figures(training: BaseRates): readonly Figure[] {
    const each = [...this.#byHorizon].sort(([a], [b]) => a - b);
    const short = each.filter(([horizonMs]) => horizonMs < 24 * HOUR_MS);
    return [
      errorFigure(
        'touch, below 24 h',
        0.02,
        short.flatMap(([, touches]) => touches),
        1,
      ),
      ...each.flatMap(([horizonMs, touches]) => {
        const hours = horizonMs / HOUR_MS;
        const days = hours > 8 ? 7 : 1;
        const own = touches.reduce((sum, { touched }) => sum + touched, 0) / touches.length;
        const base = training.get(horizonMs) ?? own;
        return [
          errorFigure(`touch ${hours} h`, MOST_ERROR(hours), touches, days),
          skillFigure(`touch ${hours} h`, own, base, touches, days),
        ];
      }),
    ];
  }
}

/** Mean distance of forecast and rate over fifteen bins of equal count. */
function errorFigure(name: string, most: number, touches: readonly Touch[], days: number): Figure {
  const sums = new BlockSums(BINS * PER_BIN, days);
  const ranked = touches.toSorted((a, b) => a.p - b.p);
  ranked.forEach(({ time, p, touched }, i) => {
    const bin = PER_BIN * Math.floor((i * BINS) / ranked.length);
    const block = sums.at(time);
    block[bin] += 1;
    block[bin + 1] += p;
    block[bin + 2] += touched;
  });
  const error = (s: Float64Array): number => {
    let distance = 0;
    let count = 0;
    for (let k = 0; k < s.length; k += PER_BIN) {
      count += s[k];
      distance += Math.abs(s[k + 1] - s[k + 2]);
    }
    return distance / count;
  };
  return {
    name: `${name}: calibration error`,
    count: touches.length,
    ...sums.estimate(error),
    most,
  };
}

function skillFigure(
  name: string,
  own: number,
  base: number,
  touches: readonly Touch[],
  days: number,
): Figure {
  const sums = new BlockSums(2, days);
  for (const { time, p, touched } of touches) {
    const block = sums.at(time);
    block[0] += (p - touched) ** 2;
    block[1] += (base - touched) ** 2;
  }
  return {
    name: `${name}: Brier skill against the training base rate`,
    detail: `${base.toFixed(3)}, here ${own.toFixed(3)}`,
    count: touches.length,
    ...sums.estimate(([ours, reference]) => 1 - ours / reference),
    least: LEAST_SKILL,
  };
}
