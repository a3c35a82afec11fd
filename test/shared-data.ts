import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { CandleSeries } from '../src/market/candle-series.js';

/** Reference data beside the repository: it is not part of it, and tests that need it are skipped where it is absent. */
export const SHARED: URL = new URL('../../shared/', import.meta.url);

export const hasShared: boolean = existsSync(SHARED);

/** Names of the files of a folder of the reference data; none where it is absent. */
export function sharedFiles(folder: string): string[] {
  const url = new URL(`${folder}/`, SHARED);
  return existsSync(url) ? readdirSync(url).sort() : [];
}

/** A JSON file of the reference data. */
export function sharedJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, SHARED), 'utf8'));
}

/** A file of candles of the reference data, by its path without the ending: `binance/BTC-USDT-5m`. */
export function sharedCandles(path: string): CandleSeries {
  const file = new URL(`data/ohlcv/${path}.csv.gz`, SHARED);
  const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n').slice(1);
  return CandleSeries.from(lines.map((line) => line.split(',').map(Number) as never));
}
