import type { Interval } from './block-sums.js';

/** One figure, and what it is to reach. */
export interface Figure extends Interval {
  readonly name: string;
  /** What the figure was taken from: the geometry, the rates. */
  readonly detail?: string | undefined;
  /** Events behind it. */
  readonly count: number;
  /** The bound it is held to, if it is held to one. */
  readonly least?: number | undefined;
  readonly most?: number | undefined;
}

/** Whether the figure itself, not its interval, keeps to its bound; `undefined` where it has none. */
export function isKept({ value, least, most }: Figure): boolean | undefined {
  if (least !== undefined) return value >= least;
  return most === undefined ? undefined : value <= most;
}

/** The figures as a table, those without a bound among them. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.detail === undefined ? figure.name : `${figure.name} (${figure.detail})`,
    figure.value.toFixed(4),
    `[${figure.low.toFixed(4)}, ${figure.high.toFixed(4)}]`,
    bound(figure),
    verdict(figure),
    String(figure.count),
  ]);
  const head = ['figure', 'value', '95 % over days', 'goal', '', 'events'];
  const widths = head.map((title, c) =>
    Math.max(title.length, ...rows.map((row) => row[c].length)),
  );
  return [head, ...rows]
    .map((row) =>
      row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]) : cell.padStart(widths[c]))),
    )
    .map((row) => `${row.join('  ')}\n`)
    .join('');
}

function bound({ least, most }: Figure): string {
  if (least !== undefined) return `>= ${least}`;
  return most === undefined ? '' : `<= ${most}`;
}

function verdict(figure: Figure): string {
  const kept = isKept(figure);
  if (kept === undefined) return '';
  return kept ? 'kept' : 'MISSED';
}
