/**
 * Holds a file of events against the candles it speaks of.
 *
 *     npm run measure -- DIR events.ndjson [--training DIR] [--null] [--geometries] [--json FILE]
 *
 * `DIR` holds the candles that `ems backtest --source files:DIR --events events.ndjson` was run on. Every outcome in the file is
 * read off the candles again, and every figure is made from what the candles say, by code that shares nothing with the
 * back-test. `--training`, as often as there are folders, names what the forecasts were fitted on: its base rates are what
 * touches are held against. `--null` says that the candles are of nothing but chance: what is tradeable there is a false alarm. Ends
 * with 1 when a line says otherwise than the candles.
 */
import { createReadStream, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { baseRates } from './measure/base-rates.js';
import { CandleFolder } from './measure/candle-folder.js';
import type { EventLine } from './measure/event-line.js';
import { figureTable } from './measure/figure.js';
import { Reader } from './measure/reader.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    training: { type: 'string', multiple: true },
    null: { type: 'boolean', default: false },
    geometries: { type: 'boolean' },
    json: { type: 'string' },
  },
});
const [folder, events] = positionals;
if (folder === undefined || events === undefined) {
  throw new Error('name a folder of candles and a file of events');
}

const reader = new Reader(new CandleFolder(folder), values.null);
for await (const line of createInterface({ input: createReadStream(events) })) {
  reader.read(JSON.parse(line) as EventLine);
}
const figures = reader.figures(baseRates(values.training ?? []));
console.log(`${reader.lines} lines, ${reader.wrong.length} of them not as the candles have it`);
for (const line of reader.wrong.slice(0, 5)) console.log(JSON.stringify(line));
console.log(figureTable(figures));
if (values.geometries) console.log(reader.geometries());
if (values.json !== undefined) {
  const { lines, wrong } = reader;
  const names = {
    candles: basename(folder),
    training: values.training?.map((path) => basename(path)),
  };
  writeFileSync(
    values.json,
    `${JSON.stringify({ ...names, lines, wrong: wrong.length, figures }, null, 2)}\n`,
  );
}
process.exitCode = reader.wrong.length > 0 ? 1 : 0;
