import type { PlanTable } from './scenarios.js';

/** Puts tables where a page has their marks, `<!-- table: ID -->` and `<!-- end -->`. @throws Error for a table without a place. */
export function withTables(page: string, tables: readonly PlanTable[]): string {
  return tables.reduce((text, { id, rows }) => {
    const place = new RegExp(`(<!-- table: ${id} -->\n)[^]*?(<!-- end -->)`);
    if (!place.test(text)) throw new Error(`the page has no place for the table ${id}`);
    return text.replace(place, (_, begin, end) => `${begin}\n${markdown(rows)}\n\n${end}`);
  }, page);
}

function markdown([head, ...rows]: PlanTable['rows']): string {
  const rule = `|${'---|'.repeat(head.length)}`;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
