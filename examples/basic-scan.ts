// The five best signals of an invented exchange, each with its strongest reason. No account, no network:
//   npx tsx --tsconfig examples/tsconfig.json examples/basic-scan.ts

import { EnhancedMarketScanner } from 'enhanced-market-scanner';
import { syntheticProvider } from 'enhanced-market-scanner/providers';

const provider = syntheticProvider();
const scanner = new EnhancedMarketScanner({ provider });

const signals = await scanner.scanMarketsParallel();

for (const { symbol, direction, score, entryPrice, stopLoss, takeProfit, ledger } of signals.slice(
  0,
  5,
)) {
  const [strongest] = ledger.toSorted((a, b) => Math.abs(b.microPoints) - Math.abs(a.microPoints));
  console.log(`${symbol} ${direction}, score ${score.toFixed(3)}: ${strongest.reason}`);
  console.log(`  enter ${entryPrice}, stop ${stopLoss}, target ${takeProfit}`);
}

const summary = await scanner.getMarketSummary();
console.log(
  `The market is ${summary.marketSentiment}: ${summary.regime}, ${signals.length} signals.`,
);

await scanner.close();
