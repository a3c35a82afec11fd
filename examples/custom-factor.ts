// A voice of your own in the score. A factor reads what it declared it needs, and says how bullish the market looks, how sure
// it is, and why. Its weight is held against the weights of the others, and its part appears in every ledger by name.
// It cannot make a signal `tradeable`: chances come from the forecast and its model card, not from the score.

import { defaultFactors, defineFactor, EnhancedMarketScanner } from 'enhanced-market-scanner';
import { syntheticProvider } from 'enhanced-market-scanner/providers';

/** Buyers who come back hour after hour: the share of the last 24 hourly candles that closed higher. */
const persistence = defineFactor({
  id: 'persistence',
  needs: ['candles'],
  weight: 0.2,
  evaluate({ candles }) {
    const hours = candles.get('1h')?.slice(-24);
    // Too little to go on: to abstain lowers the coverage, which a neutral opinion would not.
    if (hours === undefined || hours.length < 24) return undefined;
    const rises = [...hours].filter(({ open, close }) => close > open).length;
    const falls = [...hours].filter(({ open, close }) => close < open).length;
    return {
      bias: (rises - falls) / hours.length,
      confidence: (rises + falls) / hours.length,
      reason: () => `${rises} of the last 24 hours rose, ${falls} fell`,
    };
  },
});

const provider = syntheticProvider();
const options = { provider };

const plain = new EnhancedMarketScanner(options);
const persistent = new EnhancedMarketScanner({
  ...options,
  factors: [...defaultFactors, persistence],
});

const before = new Map(
  (await plain.scanMarketsParallel()).map(({ symbol, score }) => [symbol, score]),
);

for (const { symbol, score, direction, ledger } of await persistent.scanMarketsParallel()) {
  const old = before.get(symbol)?.toFixed(3) ?? 'no signal';
  const entry = ledger.find(({ id }) => id === persistence.id);
  console.log(`${symbol} ${direction}: ${old} -> ${score.toFixed(3)}`);
  if (entry !== undefined)
    console.log(`  ${(entry.microPoints / 1e6).toFixed(3)}: ${entry.reason}`);
}

await Promise.all([plain.close(), persistent.close()]);
