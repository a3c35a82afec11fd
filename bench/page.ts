import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Result, show } from './report.js';

/** A table with more columns than this is laid on its side. */
const WIDEST = 8;

const INTRODUCTION = `# Performance

\`npm run bench\` writes this page from what it measured, and keeps the figures in \`bench/results\`; a test holds the page to them. It checks
first that both sides compute the same, then times them in turns, in processor time, and takes the median of several processes. Nanoseconds and
milliseconds belong to the machine of the day, which was shared; only ratios within one table carry over. What the design aims at, and how far it
is from it, is in [decision 7](decisions/0007-one-loop-over-blocks.md).
`;

/** The page of `docs` that says how fast everything is: what the newest results say, and nothing else. */
export function performancePage(): string {
  const folder = join(import.meta.dirname, 'results');
  const sections = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.bench.ts'))
    .map((file) => join(folder, file.replace('.bench.ts', '.json')))
    .filter(existsSync)
    .sort()
    .map((path) => sectionOf(JSON.parse(readFileSync(path, 'utf8'))));
  return [INTRODUCTION, ...sections].join('\n');
}

function sectionOf({
  title,
  rows,
  notes,
  date,
  node,
}: Result & Record<'date' | 'node', string>): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = [columns, ...rows.map((row) => columns.map((column) => show(row[column])))];
  const table = columns.length > WIDEST ? columns.map((_, c) => cells.map((row) => row[c])) : cells;
  const [head, ...body] = table.map((row) => `| ${row.map((cell) => cell || '-').join(' | ')} |`);
  const rule = `|${'---|'.repeat(table[0].length)}`;
  const remarks = [...notes, `${date}, Node ${node}`].map((note) => `- ${note}`);
  return [`## ${title}`, '', head, rule, ...body, '', ...remarks, ''].join('\n');
}
