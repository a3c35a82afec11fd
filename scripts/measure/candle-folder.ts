import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** One symbol's finest candles, oldest first. */
export interface Candles {
  /** How long one lasts. */
  readonly ms: number;
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/** Finest first: outcomes are read from the finest there are. */
const FINEST = [
  ['1m', 60_000],
  ['3m', 180_000],
  ['5m', 300_000],
] as const;

/** Files named `BASE-QUOTE-TIMEFRAME.csv`, or with `.gz`: `timestamp,open,high,low,close,volume`, opening times in milliseconds. */
export class CandleFolder {
  readonly #folder: string;
  readonly #read = new Map<string, Candles>();

  constructor(folder: string) {
    if (!existsSync(folder)) throw new Error(`there is no folder ${folder}`);
    this.#folder = folder;
  }

  /** Every symbol that has candles fine enough. */
  get symbols(): readonly string[] {
    const names = readdirSync(this.#folder).flatMap((file) => {
      const match = /^(.+)-(?:1m|3m|5m)\.csv(?:\.gz)?$/.exec(file);
      return match === null ? [] : [match[1]];
    });
    return [...new Set(names)].sort().map((name) => {
      const [base, quote, settle] = name.split('-');
      return settle === undefined ? `${base}/${quote}` : `${base}/${quote}:${settle}`;
    });
  }

  of(symbol: string): Candles {
    const known = this.#read.get(symbol);
    if (known !== undefined) return known;
    const name = symbol.replace(/[/:]/g, '-');
    for (const [timeframe, ms] of FINEST) {
      for (const ending of ['csv.gz', 'csv']) {
        const path = join(this.#folder, `${name}-${timeframe}.${ending}`);
        if (!existsSync(path)) continue;
        const candles = { ms, ...columns(path) };
        this.#read.set(symbol, candles);
        return candles;
      }
    }
    throw new Error(`${this.#folder} has no candles of ${symbol} of five minutes or less`);
  }
}

function columns(path: string): Omit<Candles, 'ms'> {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  const rows = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number));
  const column = (k: number): Float64Array => Float64Array.from(rows, (row) => row[k]);
  return { time: column(0), open: column(1), high: column(2), low: column(3), close: column(4) };
}

/** Index of the first candle that opens at or after `time`. */
export function indexAt({ time }: Candles, moment: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle] < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
