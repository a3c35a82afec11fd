/**
 * Plans a fleet: runs the library's own budgets and batches in virtual time, before an exchange and a Redis that are simulated,
 * and prints what comes of it.
 *
 *     npm run plan:fleet
 *
 * Takes a few seconds and needs nothing. What a Redis costs, and the scans the simulation is held against, were measured: they
 * are in bench/results. Keeps the tables in bench/results/fleet-plan.json and writes them into docs/how-to/plan-a-fleet.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { measured } from './plan-fleet/measured.js';
import { withTables } from './plan-fleet/page.js';
import { planTables } from './plan-fleet/scenarios.js';

const PAGE = 'docs/how-to/plan-a-fleet.md';

const tables = await planTables(measured());
for (const { id, rows } of tables) {
  const widths = rows[0].map((_, c) => Math.max(...rows.map((row) => row[c].length)));
  console.log(`\n${id}`);
  for (const row of rows) {
    console.log(
      row
        .map((cell, c) => (c === 0 ? cell.padEnd(widths[c]) : cell.padStart(widths[c])))
        .join('  '),
    );
  }
}
writeFileSync('bench/results/fleet-plan.json', `${JSON.stringify({ tables }, undefined, 2)}\n`);
writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8'), tables));
