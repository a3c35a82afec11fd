import { CandleFolder, type Candles } from './candle-folder.js';
import { isTouched } from './outcomes.js';
import type { BaseRates } from './touch-figures.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const LEVELS = [
  { horizonMs: HOUR_MS, level: 0.005 },
  { horizonMs: 4 * HOUR_MS, level: 0.01 },
  { horizonMs: DAY_MS, level: 0.03 },
] as const;

/** What a base rate leaves open. */
const UNASKED = { p: Number.NaN, touched: false } as const;

interface Count {
  asked: number;
  touched: number;
}

/** How often each level was touched, both ways, every hour of every symbol of the folders. */
export function baseRates(folders: readonly string[]): BaseRates {
  const counts = LEVELS.map((): Count => ({ asked: 0, touched: 0 }));
  for (const folder of folders.map((path) => new CandleFolder(path))) {
    for (const symbol of folder.symbols) countTouches(symbol, folder.of(symbol), counts);
  }
  return new Map(
    counts.flatMap(({ asked, touched }, k) =>
      asked === 0 ? [] : [[LEVELS[k].horizonMs, touched / asked] as const],
    ),
  );
}

function countTouches(symbol: string, candles: Candles, counts: readonly Count[]): void {
  const last = candles.time[candles.time.length - 1];
  const first = Math.ceil((candles.time[0] + 1) / HOUR_MS) * HOUR_MS;
  for (let time = first; time + DAY_MS <= last; time += HOUR_MS) {
    for (const [k, asked] of LEVELS.entries()) {
      for (const side of ['up', 'down'] as const) {
        const isHit = isTouched(candles, {
          kind: 'touch',
          symbol,
          time,
          side,
          ...asked,
          ...UNASKED,
        });
        counts[k].asked++;
        if (isHit) counts[k].touched++;
      }
    }
  }
}
