import { columnsOf, printable } from './columns.js';
import type { TextStyle } from './style.js';

/** One column of a table over rows of one kind. */
export interface Column<Row> {
  readonly head: string;
  /** Numbers align to the right, words to the left. */
  readonly align: 'left' | 'right';
  /** What a row says in this column, without colour. */
  text(row: Row): string;
  /** Colours what {@link Column.text} said. */
  paint?(text: string, row: Row): string;
  /** On a narrow page the columns with the highest number go first. @defaultValue 0, which stays always */
  readonly sacrifice?: number;
}

interface Layout<Row> {
  readonly column: Column<Row>;
  readonly texts: readonly string[];
  readonly columns: number;
}

const GUTTER = '  ';

/**
 * An aligned table without rules: one line for the head, then one per row.
 *
 * @param columns - Those that do not fit the page are left out, most expendable first.
 */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { colors, width }: TextStyle,
): readonly string[] {
  const layouts = fitting(
    columns.map((column) => layout(column, rows)),
    width,
  );
  return [
    colors.dim(join(layouts.map(({ column, columns }) => fill(column, column.head, columns)))),
    ...rows.map((row, index) =>
      join(
        layouts.map(({ column, texts, columns }) => {
          const text = texts[index];
          return fill(column, text, columns, column.paint?.(text, row));
        }),
      ),
    ),
  ];
}

function join(cells: readonly string[]): string {
  return cells.join(GUTTER).trimEnd();
}

// The spaces stay outside the colour, so that the end of a line can be trimmed.
function fill<Row>({ align }: Column<Row>, text: string, columns: number, shown = text): string {
  const spaces = ' '.repeat(columns - columnsOf(text));
  return align === 'left' ? shown + spaces : spaces + shown;
}

function layout<Row>(column: Column<Row>, rows: readonly Row[]): Layout<Row> {
  const texts = rows.map((row) => printable(column.text(row)));
  const columns = texts.reduce((most, text) => Math.max(most, columnsOf(text)), column.head.length);
  return { column, texts, columns };
}

function fitting<Row>(layouts: readonly Layout<Row>[], width: number): readonly Layout<Row>[] {
  const total = layouts.reduce((sum, { columns }) => sum + columns + GUTTER.length, -GUTTER.length);
  const most = layouts.reduce((rank, { column }) => Math.max(rank, column.sacrifice ?? 0), 0);
  if (total <= width || most === 0) return layouts;
  return fitting(
    layouts.filter(({ column }) => column.sacrifice !== most),
    width,
  );
}
