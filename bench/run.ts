/** Runs every `*.bench.ts` in processes of its own, prints the medians as tables, keeps them in `results/` and writes the page. */
import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { median } from './interleave.js';
import { performancePage } from './page.js';
import { type Result, type Row, show } from './report.js';

const PROCESSES = 3;
/** In virtual time, so that another process would find the same. */
const COUNTED: ReadonlySet<string> = new Set(['streams-hour']);
const folder = new URL('./', import.meta.url);
const wanted = process.argv.slice(2);

for (const file of readdirSync(folder).sort()) {
  const name = /^(.*)\.bench\.ts$/.exec(file)?.[1];
  if (name === undefined || (wanted.length > 0 && !wanted.includes(name))) continue;
  const results = Array.from({ length: COUNTED.has(name) ? 1 : PROCESSES }, () => measure(file));
  const result = { ...results[0], rows: results[0].rows.map((_, i) => merge(results, i)) };
  print(result);
  save(name, result);
}
writeFileSync(new URL('../docs/performance.md', folder), performancePage());

function measure(file: string): Result {
  const arguments_ = ['--expose-gc', '--import', 'tsx', new URL(file, folder).pathname];
  return JSON.parse(execFileSync(process.execPath, arguments_, { encoding: 'utf8' })) as Result;
}

function merge(results: readonly Result[], index: number): Row {
  const rows = results.map((result) => result.rows[index]);
  const merged = Object.entries(rows[0]).map(([key, value]) => [
    key,
    typeof value === 'number' ? median(rows.map((row) => row[key] as number)) : value,
  ]);
  return Object.fromEntries(merged) as Row;
}

function print({ title, notes, rows }: Result): void {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => columns.map((column) => show(row[column])));
  const widths = columns.map((column, c) =>
    Math.max(column.length, ...cells.map((row) => row[c].length)),
  );
  const line = (row: readonly string[]): string =>
    row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]) : cell.padStart(widths[c]))).join('  ');
  console.log(`\n${title}\n${line(columns)}`);
  for (const row of cells) console.log(line(row));
  for (const note of notes) console.log(`(${note})`);
}

function save(name: string, result: Result): void {
  const facts = {
    ...result,
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    carriesOver: 'ratio alone; every absolute number belongs to the machine it was measured on',
  };
  const path = new URL(`results/${name}.json`, folder);
  writeFileSync(path, `${JSON.stringify(facts, undefined, 2)}\n`);
}
