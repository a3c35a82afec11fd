import { BlockSums } from './block-sums.js';
import type { BarrierLine } from './event-line.js';
import type { Figure } from './figure.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Distances of the grid, in average true ranges, nearest first. */
const GRID = ['0.5', '1', '1.5', '2', '3'];

/** Chances between these two are the ones a trader calls sure. */
const BAND = { low: 0.8, high: 0.9 };

/** Tradeable positions in 1,000 symbol-days of a market of nothing but chance. */
const MOST_FALSE_ALARMS = 5;

/** Sums of a geometry: count, squared errors of the forecast, of the file's no-skill chance, of stop over width; chances, hits. */
const COUNT = 0;
const OURS = 1;
const NO_SKILL = 2;
const WIDTHS = 3;
const CHANCES = 4;
const HITS = 5;

/** What becomes of positions: whether chances of 80 to 90 % come true, and skill against no skill at each geometry. */
export class BarrierFigures {
  readonly #band = new BlockSums(3);
  readonly #tradeable = new BlockSums(2, 7);
  readonly #geometries = new Map<string, BlockSums>();
  readonly #symbolDays = new Set<string>();
  readonly #isNull: boolean;
  #group: { line: BarrierLine; isHit: boolean }[] = [];

  /** @param isNull - Whether the market is one of nothing but chance, where whatever is tradeable is a false alarm. */
  constructor(isNull: boolean) {
    this.#isNull = isNull;
  }

  add(line: BarrierLine, isHit: boolean): void {
    const [first] = this.#group;
    const isNext = first?.line.symbol !== line.symbol || first?.line.time !== line.time;
    if (first !== undefined && isNext) this.#close();
    this.#group.push({ line, isHit });
    if (line.p >= BAND.low && line.p <= BAND.high)
      addTo(this.#band.at(line.time), [1, line.p, +isHit]);
    this.#countDay(line);
  }

  figures(): readonly Figure[] {
    if (this.#group.length > 0) this.#close();
    return [...this.#bandFigures(), this.#tradeableFigure(), ...this.#skillFigures()];
  }

  #countDay({ symbol, time, tradeable }: BarrierLine): void {
    const sums = this.#tradeable.at(time);
    const day = `${symbol} ${Math.floor(time / DAY_MS)}`;
    if (!this.#symbolDays.has(day)) sums[0]++;
    this.#symbolDays.add(day);
    if (tradeable) sums[1]++;
  }

  // The grid's distances are known by their order among those asked at one moment.
  #close(): void {
    const order = (of: (line: BarrierLine) => number): readonly number[] =>
      [...new Set(this.#group.map(({ line }) => of(line)))].sort((a, b) => a - b);
    const targets = order(({ target }) => target);
    const stops = order(({ stop }) => stop);
    for (const { line, isHit } of this.#group) {
      const target = GRID[targets.indexOf(line.target)];
      const stop = GRID[stops.indexOf(line.stop)];
      this.#addTo(`${line.horizonMs / HOUR_MS} h, target ${target}, stop ${stop}`, line, isHit);
    }
    this.#group = [];
  }

  #addTo(geometry: string, line: BarrierLine, isHit: boolean): void {
    let sums = this.#geometries.get(geometry);
    if (sums === undefined) {
      sums = new BlockSums(6, line.horizonMs > 8 * HOUR_MS ? 7 : 1);
      this.#geometries.set(geometry, sums);
    }
    const outcome = +isHit;
    const { p, noSkill } = line;
    addTo(sums.at(line.time), [
      1,
      (p - outcome) ** 2,
      (noSkill - outcome) ** 2,
      (widthShare(line) - outcome) ** 2,
      p,
      outcome,
    ]);
  }

  #bandFigures(): readonly Figure[] {
    const [count, chances, hits] = this.#band.total;
    const gap = (s: Float64Array): number => Math.abs(s[1] - s[2]) / s[0];
    return [
      {
        name: 'chances of 80 to 90 %: distance of their mean from the hit rate',
        detail: `${(chances / count).toFixed(3)} and ${(hits / count).toFixed(3)}`,
        count,
        ...this.#band.estimate(gap),
        most: 0.025,
      },
    ];
  }

  #tradeableFigure(): Figure {
    return {
      name: 'tradeable positions in 1,000 symbol-days',
      count: this.#symbolDays.size,
      ...this.#tradeable.estimate(([days, tradeable]) => (1000 * tradeable) / days),
      most: this.#isNull ? MOST_FALSE_ALARMS : undefined,
    };
  }

  #skillFigures(): readonly Figure[] {
    const against = (reference: number) => (s: Float64Array) => 1 - s[OURS] / s[reference];
    const worst = (reference: number): readonly [string, BlockSums] =>
      [...this.#geometries].reduce((a, b) =>
        against(reference)(b[1].total) < against(reference)(a[1].total) ? b : a,
      );
    const figure = (name: string, reference: number): Figure => {
      const [geometry, sums] = worst(reference);
      const mean = (sum: number): string => (sums.total[sum] / sums.total[COUNT]).toFixed(3);
      return {
        name: `worst skill against ${name} at any geometry`,
        detail: `${geometry}: ${mean(CHANCES)} and ${mean(HITS)}`,
        count: sums.total[COUNT],
        ...sums.estimate(against(reference)),
        least: -0.0005,
      };
    };
    return [figure('noSkill', NO_SKILL), figure('stop / (target + stop)', WIDTHS)];
  }

  /** Every geometry: how often it was asked, the mean chance, how often it hit, skill against both references in percent. */
  table(): string {
    return [...this.#geometries]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([geometry, sums]) => {
        const [count, ours, noSkill, widths, chances, hits] = sums.total;
        const skill = (reference: number): string =>
          `${(100 * (1 - ours / reference)).toFixed(3)} %`;
        const rates = `${(chances / count).toFixed(3)} ${(hits / count).toFixed(3)}`;
        return `${geometry.padEnd(28)} ${String(count).padStart(7)} ${rates} ${skill(noSkill)} ${skill(widths)}\n`;
      })
      .join('');
  }
}

/** What a price whose mean stays would win without a horizon. */
function widthShare({ target, stop }: BarrierLine): number {
  return stop / (target + stop);
}

function addTo(sums: Float64Array, values: readonly number[]): void {
  values.forEach((value, k) => {
    sums[k] += value;
  });
}
