import { escaped } from './escaped.js';

/** A cell, or a number whose sign decides its colour; it is always read out too. */
export type Cell = string | { readonly text: string; readonly sign: number };

/** What a table looks like. */
export interface PageTable {
  readonly title: string;
  readonly head: readonly string[];
  /** The first cell of each row names it. */
  readonly rows: readonly (readonly Cell[])[];
  /** Whether cells hold words that may wrap. */
  readonly words?: boolean | undefined;
}

/** A table under its title; nothing where there are no rows. */
export function pageTable({ title, head, rows, words = false }: PageTable): string {
  if (rows.length === 0) return '';
  const heads = head.map((text, i) =>
    text === '' && i === 0 ? '<td></td>' : `<th scope="col">${escaped(text)}</th>`,
  );
  const lines = rows.map(([name, ...cells]) => {
    const rest = cells.map((cell) => `<td${markOf(cell)}>${escaped(textOf(cell))}</td>`);
    return `<tr><th scope="row">${escaped(textOf(name))}</th>${rest.join('')}</tr>`;
  });
  return `<h2>${escaped(title)}</h2>
<div class="sheet" role="region" aria-label="${escaped(title)}" tabindex="0"><table${words ? ' class="words"' : ''}><thead><tr>${heads.join('')}</tr></thead>
<tbody>${lines.join('\n')}</tbody></table></div>`;
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

function markOf(cell: Cell): string {
  if (typeof cell === 'string' || cell.sign === 0) return '';
  return cell.sign > 0 ? ' class="gain"' : ' class="loss"';
}
