// Scans again each time five minutes of market time have passed, and tells what came and what went. The exchange is invented
// and its time is ours to move, so twelve reports, an hour of market, take no longer than the arithmetic.

import { EnhancedMarketScanner } from 'enhanced-market-scanner';
import { syntheticProvider } from 'enhanced-market-scanner/providers';

const REPORTS = 12;
const FIVE_MINUTES = 300_000;

const provider = syntheticProvider();
const scanner = new EnhancedMarketScanner({
  provider,
  // On a real exchange this is the pace of your reports; the machine waits so long between two of them.
  config: { scanIntervalMs: 1, maxPositions: 4 },
});

let before = new Set<string>();
let reports = 0;

for await (const report of scanner.watch()) {
  const now = new Set(report.signals.map(({ symbol, direction }) => `${symbol} ${direction}`));
  const came = [...now].filter((signal) => !before.has(signal));
  const went = [...before].filter((signal) => !now.has(signal));
  const time = new Date(report.asOf).toISOString().slice(11, 16);
  const news = [...came.map((signal) => `+ ${signal}`), ...went.map((signal) => `- ${signal}`)];
  console.log(`${time}  ${now.size} signals  ${news.join(', ') || 'nothing new'}`);

  before = now;
  reports += 1;
  // Leaving the loop ends the watch.
  if (reports === REPORTS) break;
  provider.advance(FIVE_MINUTES);
}

const { scans, meanScanMs, errorRate } = scanner.metrics();
console.log(
  `${scans} scans, ${meanScanMs.toFixed(1)} ms each, ${errorRate * 100}% of symbols failed`,
);

await scanner.close();
