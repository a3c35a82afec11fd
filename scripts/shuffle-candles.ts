/**
 * Writes candles whose past tells nothing of direction: whole UTC days of each symbol in a random order, their moves kept.
 *
 *     npm run shuffle-candles -- DIR OUT [SEED]
 *
 * Days keep their volatility, volume and hours; prices follow on each other from the symbol's first open. What a scanner finds
 * to trade there is a false alarm.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { CandleRow } from '../src/market/candle-series.js';

const DAY_MS = 86_400_000;

const [from, to, seed = '1'] = process.argv.slice(2);
if (from === undefined || to === undefined) throw new Error('name a folder and where to write');
mkdirSync(to, { recursive: true });
for (const file of readdirSync(from).filter((name) => /-(1m|3m|5m)\.csv(\.gz)?$/.test(name))) {
  const bytes = readFileSync(join(from, file));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  const [head, ...lines] = text.trim().split('\n');
  const rows = lines.map((line) => line.split(',').map(Number) as unknown as CandleRow);
  const shuffled = chained(shuffledDays(wholeDays(rows), Number(seed)), rows[0]);
  const body = [head, ...shuffled.map((row) => row.join(','))].join('\n');
  writeFileSync(join(to, `${file.replace(/\.gz$/, '')}.gz`), gzipSync(`${body}\n`));
}

/** Days of as many candles as the fullest has: the others cannot change places without leaving a gap. */
function wholeDays(rows: readonly CandleRow[]): readonly (readonly CandleRow[])[] {
  const days = new Map<number, CandleRow[]>();
  for (const row of rows) {
    const day = Math.floor(row[0] / DAY_MS);
    const known = days.get(day);
    if (known === undefined) days.set(day, [row]);
    else known.push(row);
  }
  const most = Math.max(...Array.from(days.values(), ({ length }) => length));
  return [...days.values()].filter(({ length }) => length === most);
}

function shuffledDays(
  days: readonly (readonly CandleRow[])[],
  start: number,
): readonly (readonly CandleRow[])[] {
  const order = [...days];
  let state = start;
  for (let i = order.length - 1; i > 0; i--) {
    state = (state * 48_271) % 2_147_483_647;
    const other = state % (i + 1);
    [order[i], order[other]] = [order[other], order[i]];
  }
  return order;
}

/** The days one after another, each beginning where the last one ended. */
function chained(days: readonly (readonly CandleRow[])[], first: CandleRow): readonly CandleRow[] {
  let [time, price] = first;
  time = Math.floor(time / DAY_MS) * DAY_MS;
  const rows: CandleRow[] = [];
  for (const day of days) {
    const by = price / day[0][1];
    for (const [at, open, high, low, close, volume] of day) {
      const digits = (value: number): number => Number((value * by).toPrecision(9));
      rows.push([
        time + (at % DAY_MS),
        digits(open),
        digits(high),
        digits(low),
        digits(close),
        volume,
      ]);
    }
    price = day[day.length - 1][4] * by;
    time += DAY_MS;
  }
  return rows;
}
