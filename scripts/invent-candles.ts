/**
 * Writes the newest candles of the invented exchange as files, for whatever reads files:
 *
 *     npm run invent-candles -- OUT [DAYS] [SEED]
 *
 * `npm run measure` holds the forecasts of `ems backtest --source files:OUT` against them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { timeframeMs } from '../src/market/timeframe.js';
import { syntheticProvider } from '../src/providers/synthetic.js';

const TIMEFRAME = '5m';
const DAY_MS = 86_400_000;

const [out, days = '60', seed = '1'] = process.argv.slice(2);
if (out === undefined) throw new Error('name a folder to write to');
mkdirSync(out, { recursive: true });
const provider = syntheticProvider({ seed: Number(seed) });
const count = (Number(days) * DAY_MS) / timeframeMs(TIMEFRAME);
for (const { symbol } of await provider.fetchMarkets()) {
  const { time, open, high, low, close, volume } = await provider.fetchCandles(
    symbol,
    TIMEFRAME,
    count,
  );
  const rows = Array.from(time, (at, i) =>
    [at, open[i], high[i], low[i], close[i], volume[i]].join(','),
  );
  const text = ['timestamp,open,high,low,close,volume', ...rows].join('\n');
  writeFileSync(join(out, `${symbol.replace(/[/:]/g, '-')}-${TIMEFRAME}.csv.gz`), gzipSync(text));
}
