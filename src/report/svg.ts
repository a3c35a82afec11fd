/** A number on each axis. */
export type Point = readonly [x: number, y: number];

const WIDTH = 640;
const HEIGHT = 220;
const MARGIN = 44;

/** A drawing of a line through points, as SVG; the axes carry their ends. */
export function lineChart(
  title: string,
  points: readonly Point[],
  yText: (y: number) => string,
): string {
  const frame = new Frame(points);
  const path = points.map(([x, y]) => `${frame.x(x)},${frame.y(y)}`).join(' ');
  return frame.svg(title, `<polyline class="line" points="${path}"/>`, yText);
}

/** Bars from zero, as SVG. */
export function barChart(
  title: string,
  values: readonly number[],
  yText: (y: number) => string,
): string {
  const points = values.map((value, i): Point => [i + 0.5, value]);
  const frame = new Frame([...points, [0, 0], [values.length, 0]]);
  const bars = points.map(([x, y]) => {
    const [top, bottom] = [Math.max(y, 0), Math.min(y, 0)].map((at) => frame.y(at));
    const left = frame.x(x - 0.4);
    return `<rect class="bar" x="${left}" y="${top}" width="${frame.x(x + 0.4) - left}" height="${bottom - top}"/>`;
  });
  return frame.svg(title, bars.join(''), yText);
}

/** Points with an interval each against the diagonal, both axes 0 to 1, as SVG. */
export function reliabilityChart(
  title: string,
  bins: readonly {
    readonly meanChance: number;
    readonly hitRate: number;
    readonly low: number;
    readonly high: number;
  }[],
  yText: (y: number) => string,
): string {
  const frame = new Frame([
    [0, 0],
    [1, 1],
  ]);
  const marks = bins.map(({ meanChance, hitRate, low, high }) => {
    const x = frame.x(meanChance);
    return `<line class="range" x1="${x}" x2="${x}" y1="${frame.y(low)}" y2="${frame.y(high)}"/><circle class="dot" cx="${x}" cy="${frame.y(hitRate)}" r="3.5"/>`;
  });
  const diagonal = `<line class="guide" x1="${frame.x(0)}" y1="${frame.y(0)}" x2="${frame.x(1)}" y2="${frame.y(1)}"/>`;
  return frame.svg(title, diagonal + marks.join(''), yText);
}

/** Where numbers lie on a drawing. */
class Frame {
  readonly #left: number;
  readonly #right: number;
  readonly #bottom: number;
  readonly #top: number;

  constructor(points: readonly Point[]) {
    this.#left = Math.min(...points.map(([x]) => x));
    this.#right = Math.max(...points.map(([x]) => x));
    this.#bottom = Math.min(...points.map(([, y]) => y));
    this.#top = Math.max(...points.map(([, y]) => y));
  }

  x(value: number): number {
    const share = (value - this.#left) / (this.#right - this.#left || 1);
    return round(MARGIN + share * (WIDTH - 2 * MARGIN));
  }

  y(value: number): number {
    const share = (value - this.#bottom) / (this.#top - this.#bottom || 1);
    return round(HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN));
  }

  svg(title: string, marks: string, yText: (y: number) => string): string {
    const ends = [this.#bottom, this.#top].map(
      (y) =>
        `<text class="tick" x="${MARGIN - 6}" y="${this.y(y) + 4}">${escaped(yText(y))}</text>`,
    );
    const base = `<line class="axis" x1="${MARGIN}" x2="${WIDTH - MARGIN}" y1="${this.y(this.#bottom)}" y2="${this.y(this.#bottom)}"/>`;
    return `<figure><figcaption>${escaped(title)}</figcaption><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">${base}${ends.join('')}${marks}</svg></figure>`;
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML may carry it: names come from outside. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
