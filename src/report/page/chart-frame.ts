import { escaped } from './escaped.js';
import { niceTicks } from './nice-ticks.js';

/** A number on each axis. */
export type Point = readonly [x: number, y: number];

/** What a drawing is of. */
export interface ChartText {
  readonly title: string;
  /** The same in words for whoever does not see it. */
  readonly words: string;
  /** How a number on the upright axis reads. */
  readonly y: (value: number) => string;
  /** Marks on the level axis. */
  readonly x: readonly { readonly at: number; readonly text: string }[];
}

const WIDTH = 480;
const HEIGHT = 250;
const LEFT = 56;
const RIGHT = 14;
const TOP = 12;
const BOTTOM = 30;
/** Width of a letter on an axis, about. */
const LETTER = 7;

/** Where numbers lie on a drawing, whose axes span round numbers around all points. */
export class ChartFrame {
  readonly #left: number;
  readonly #right: number;
  readonly #ticks: readonly number[];

  constructor(points: readonly Point[]) {
    this.#left = Math.min(...points.map(([x]) => x));
    this.#right = Math.max(...points.map(([x]) => x));
    const heights = points.map(([, y]) => y);
    this.#ticks = niceTicks(Math.min(...heights), Math.max(...heights));
  }

  x(value: number): number {
    const share = (value - this.#left) / (this.#right - this.#left || 1);
    return round(LEFT + share * (WIDTH - LEFT - RIGHT));
  }

  y(value: number): number {
    const lowest = this.#ticks[0];
    const highest = this.#ticks[this.#ticks.length - 1];
    const share = (value - lowest) / (highest - lowest || 1);
    return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM));
  }

  /** The lowest height there is: where an area ends. */
  get floor(): number {
    return this.y(this.#ticks[0]);
  }

  /** The drawing with its axes. */
  figure(marks: string, { title, words, y, x }: ChartText): string {
    const lines = this.#ticks.map((tick) => {
      const at = this.y(tick);
      return `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}"/><text class="tick" text-anchor="end" x="${LEFT - 8}" y="${at + 4}">${escaped(y(tick))}</text>`;
    });
    const names = x.map(({ at, text }) => {
      const middle = this.x(at);
      const isWide = middle + (text.length * LETTER) / 2 > WIDTH;
      return `<text class="tick" text-anchor="${isWide ? 'end' : 'middle'}" x="${middle}" y="${HEIGHT - 8}">${escaped(text)}</text>`;
    });
    return `<figure><figcaption>${escaped(title)}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(`${title}: ${words}`)}">${lines.join('')}${names.join('')}${marks}</svg></figure>`;
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
