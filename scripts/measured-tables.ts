/**
 * Writes the tables of measured figures into the documentation, from what the measuring commands have left in `docs/measured`:
 *
 *     npm run measured-tables
 *
 * `docs/concepts/measurement.md` says which command leaves which file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { MEASURED_PAGES, withMeasuredTables } from './measured/pages.js';

for (const page of MEASURED_PAGES) {
  const path = new URL(`../${page}`, import.meta.url);
  writeFileSync(path, withMeasuredTables(readFileSync(path, 'utf8')));
}
