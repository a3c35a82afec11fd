// Writes candles to the folder named on the command line until it is killed.
import { cachedProvider } from '../../../src/providers/cached.js';
import { syntheticProvider } from '../../../src/providers/synthetic.js';

const source = syntheticProvider({ symbols: 8 });
const cached = cachedProvider(source, { folder: process.argv[2] });
const markets = await cached.fetchMarkets();
for (let round = 0; ; round++) {
  const asOf = source.now();
  for (const timeframe of ['1m', '5m'] as const) {
    await Promise.all(
      markets.map(({ symbol }) => cached.fetchCandles(symbol, timeframe, 300, { asOf })),
    );
  }
  if (round === 2) process.stdout.write('writing\n');
  source.advance(60_000);
  await new Promise((resolve) => setImmediate(resolve));
}
