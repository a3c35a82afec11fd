import { type Figure, isKept } from '../measure/figure.js';
import { artefact, type Measurement } from './artefact.js';
import { markdownTable } from './markdown-table.js';

/** One data set and what it is called in a table. */
export interface Column {
  readonly file: string;
  readonly title: string;
}

/** A row for each figure and a column for each measurement; what misses its goal is set in bold. */
export function figureTable(
  columns: readonly Column[],
  isWanted: (figure: Figure) => boolean = () => true,
): string {
  const sets = columns.map(({ file }) => artefact<Measurement>(file));
  const [first] = sets.map(({ figures }) => figures.filter(isWanted));
  return markdownTable([
    ['figure', 'goal', ...columns.map(({ title }) => title)],
    ['lines not as the candles have them', 'none', ...sets.map(wrongLines)],
    ...first.map((figure) => [
      figure.name,
      goal(figure),
      ...sets.map(({ figures }) => cell(figures.find(({ name }) => name === figure.name))),
    ]),
  ]);
}

function wrongLines({ wrong, lines }: Measurement): string {
  return `${wrong} of ${lines.toLocaleString('en')}`;
}

function goal({ least, most }: Figure): string {
  if (least !== undefined) return `at least ${least}`;
  return most === undefined ? '' : `at most ${most}`;
}

function cell(figure: Figure | undefined): string {
  if (figure === undefined) return '';
  const { value, low, high, detail } = figure;
  const text = `${value.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`;
  const marked = isKept(figure) === false ? `**${text}**` : text;
  return detail === undefined ? marked : `${marked}, ${detail}`;
}
