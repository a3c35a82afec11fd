import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { CandleSeries } from '../../market/candle-series.js';
import { jsonText } from '../json.js';
import { version } from '../version.js';

const DIGITS = 16;

/** The code of this program: its version, and the file of its threads, which names the content of all others. */
let code: Buffer | undefined;

/** A short name for the code, settings and candles that a piece of work was done with: another name for any other. */
export function fingerprint(settings: unknown, series: Iterable<CandleSeries> = []): string {
  code ??= readFileSync(new URL('./past-thread.js', import.meta.url));
  const hash = createHash('sha256').update(version()).update(code).update(jsonText(settings));
  for (const { time, open, high, low, close, volume } of series) {
    for (const column of [time, open, high, low, close, volume]) hash.update(column);
  }
  return hash.digest('hex').slice(0, DIGITS);
}
