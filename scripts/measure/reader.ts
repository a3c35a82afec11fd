import { BarrierFigures } from './barrier-figures.js';
import type { CandleFolder, Candles } from './candle-folder.js';
import type { BarrierLine, EventLine, RangeLine, TouchLine } from './event-line.js';
import type { Figure } from './figure.js';
import { endingOf, isTouched, moveOf } from './outcomes.js';
import { RangeFigures } from './range-figures.js';
import { type BaseRates, TouchFigures } from './touch-figures.js';

/** A round trip costs more than nothing, and less than this share of the price. */
const MOST_COST = 0.01;

/** Numbers in the file carry six digits. */
const CLOSE = 2e-6;

/** Reads events one by one, beside the candles: what the file says of outcomes is checked, never believed. */
export class Reader {
  /** Lines that say otherwise than the candles. */
  readonly wrong: EventLine[] = [];
  lines = 0;
  readonly #folder: CandleFolder;
  readonly #barriers: BarrierFigures;
  readonly #touches = new TouchFigures();
  readonly #ranges = new RangeFigures();

  /** @param isNull - Whether the candles are of a market of nothing but chance. */
  constructor(folder: CandleFolder, isNull: boolean) {
    this.#folder = folder;
    this.#barriers = new BarrierFigures(isNull);
  }

  read(line: EventLine): void {
    this.lines++;
    const candles = this.#folder.of(line.symbol);
    if (!this.#agrees(line, candles)) this.wrong.push(line);
  }

  figures(training: BaseRates): readonly Figure[] {
    return [
      ...this.#barriers.figures(),
      ...this.#touches.figures(training),
      ...this.#ranges.figures(),
    ];
  }

  geometries(): string {
    return this.#barriers.table();
  }

  #agrees(line: EventLine, candles: Candles): boolean {
    if (line.kind === 'barrier') return this.#barrier(line, candles);
    return line.kind === 'touch' ? this.#touch(line, candles) : this.#range(line, candles);
  }

  #barrier(line: BarrierLine, candles: Candles): boolean {
    const { outcome, grossReturn } = endingOf(candles, line);
    this.#barriers.add(line, outcome === 'target');
    const cost = grossReturn - line.netReturn;
    return outcome === line.outcome && cost > 0 && cost < MOST_COST;
  }

  #touch(line: TouchLine, candles: Candles): boolean {
    const touched = isTouched(candles, line);
    this.#touches.add(line, touched);
    return touched === line.touched;
  }

  #range(line: RangeLine, candles: Candles): boolean {
    const realised = moveOf(candles, line);
    this.#ranges.add(line, realised, candles);
    const isNear = (a: number, b: number): boolean =>
      Math.abs(a - b) <= CLOSE * Math.abs(a) + 1e-12;
    return (
      isNear(realised.range, line.realisedRange) && isNear(realised.variance, line.realisedVariance)
    );
  }
}
