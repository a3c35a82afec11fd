/** Reads more candles than there is room for in the folder that is named, and tells which were wrong and what was warned of. */
import { cachedProvider } from '../../../src/providers/cached.js';
import { syntheticProvider } from '../../../src/providers/synthetic.js';

const asOf = Date.UTC(2024, 5, 1);
const warnings: unknown[] = [];
const logger = {
  debug() {},
  info() {},
  error() {},
  warn(message: string, { error }: { error?: Error } = {}) {
    warnings.push({ message, reason: error?.message });
  },
};
const source = syntheticProvider({ symbols: 30 });
const cached = cachedProvider(source, { folder: process.argv[2], logger });
let wrong = 0;
for (const { symbol } of await cached.fetchMarkets()) {
  for (const timeframe of ['1m', '15m', '4h'] as const) {
    const found = await cached.fetchCandles(symbol, timeframe, 400, { asOf });
    const expected = await source.fetchCandles(symbol, timeframe, 400, { asOf });
    if (!Buffer.from(found.buffer).equals(Buffer.from(expected.buffer))) wrong++;
  }
}
await cached.close?.();
process.stdout.write(JSON.stringify({ wrong, warnings }));
