import { claimTable } from './claim-table.js';
import { evidenceTable } from './evidence-table.js';
import { figureTable } from './figure-table.js';

/** Pages with measured tables, from the root of the repository. */
export const MEASURED_PAGES = [
  'docs/concepts/forecast.md',
  'docs/concepts/measurement.md',
  'docs/concepts/what-a-win-rate-means.md',
] as const;

/** Each data set was forecast by a card fitted on the two others. */
const UNSEEN = [
  { file: 'forecast-2024.json', title: 'spot 2024' },
  { file: 'forecast-2021.json', title: 'spot 2021' },
  { file: 'forecast-2025.json', title: 'perpetuals 2025' },
] as const;

/** Markets of which the past tells nothing of direction. */
const NULLS = [
  { file: 'null-2024.json', title: 'spot 2024, days shuffled' },
  { file: 'null-2021.json', title: 'spot 2021, days shuffled' },
  { file: 'null-2025.json', title: 'perpetuals 2025, days shuffled' },
  { file: 'null-synthetic.json', title: 'invented exchange' },
] as const;

const TABLES: Readonly<Record<string, () => string>> = {
  claims: claimTable,
  evidence: evidenceTable,
  forecasts: () => figureTable(UNSEEN),
  nulls: () => figureTable(NULLS, ({ name }) => name.startsWith('tradeable')),
};

/** The page with each table between its marks made anew. */
export function withMeasuredTables(page: string): string {
  return page.replace(
    /(<!-- measured: (\w+) -->\n)[\s\S]*?(<!-- \/measured -->)/g,
    (_, open: string, name: string, close: string) => `${open}\n${TABLES[name]()}\n${close}`,
  );
}
