/**
 * Fits the shipped model card on folders of candle files and writes it as a module.
 *
 *     npm run fit-model-card -- FOLDER [FOLDER ...]
 *
 * Symbols whose price was redenominated are named in EXCLUDED: their jump is bookkeeping, not volatility.
 */
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fitModelCard } from '../src/backtest/model-card-fit.js';
import { readHistory } from '../src/backtest/read-history.js';
import { filesProvider } from '../src/providers/files.js';

const EXCLUDED = new Set(['COCOS/USDT', 'BTCST/USDT']);
const OUTPUT = new URL('../src/forecast/default-model-card.ts', import.meta.url);
const DIGITS = 6;

const folders = process.argv.slice(2);
if (folders.length === 0) throw new Error('name at least one folder of candle files');

const sets = [];
for (const folder of folders) {
  const provider = filesProvider(folder);
  const markets = await provider.fetchMarkets();
  const symbols = markets.map(({ symbol }) => symbol).filter((symbol) => !EXCLUDED.has(symbol));
  const histories = [];
  for (const symbol of symbols) histories.push(await readHistory(provider, symbol));
  sets.push({ name: basename(folder), histories });
}
const names = folders.map((folder) => basename(folder));
const newest = Math.max(
  ...sets.flatMap(({ histories }) => histories.map(({ base }) => base.time[base.length - 1])),
);
const card = fitModelCard(sets, {
  id: `spot-and-perpetual-${new Date(newest).toISOString().slice(0, 7)}`,
  command: `npm run fit-model-card -- ${names.join(' ')}`,
  sampledDecisions: 6000,
  onProgress: (step) => process.stderr.write(`${step}\n`),
});

const rounded = JSON.stringify(
  card,
  (_, value) =>
    typeof value === 'number' && !Number.isInteger(value)
      ? Number(value.toPrecision(DIGITS))
      : value,
  2,
);
await writeFile(
  OUTPUT,
  `import type { ModelCard } from './model-card.js';\n\n` +
    `/** The shipped model, written by \`npm run fit-model-card\`: change the script, not the numbers. */\n` +
    `export const defaultModelCard: ModelCard = ${rounded};\n`,
);
