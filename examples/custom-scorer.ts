// A second opinion of your own. A scorer sees the best candidates and says how far it supports each; the scanner pools what it
// says, moves the score within bounds and writes the change into the ledger. Run it in shadow first: then it is only written down.

import { type AiScorer, EnhancedMarketScanner } from 'enhanced-market-scanner';
import { syntheticProvider } from 'enhanced-market-scanner/providers';

/** Who trades against the trend pays for it, and who takes much risk does as well. */
const patience: AiScorer = {
  id: 'patience',
  review: async (signals) =>
    new Map(
      signals.map(({ symbol, direction, trendDirection, trendStrength, riskLevel }) => {
        const agrees = (direction === 'long') === (trendDirection === 'up');
        const answers = [
          { capability: 'trend', support: agrees ? 1 : -1, confidence: trendStrength },
          { capability: 'risk', support: riskLevel === 'low' ? 0.5 : -0.5, confidence: 0.5 },
        ];
        const rationale = `${agrees ? 'with' : 'against'} the trend, ${riskLevel} risk`;
        return [symbol, { answers, rationale, sizeFactor: riskLevel === 'extreme' ? 0.5 : 1 }];
      }),
    ),
};

const scanner = new EnhancedMarketScanner({
  provider: syntheticProvider({ seed: 7 }),
  aiScorer: patience,
});

for (const { symbol, baseScore, score, ai, ledger } of await scanner.scanMarketsParallel()) {
  const change = ledger.find(({ kind }) => kind === 'ai')?.microPoints ?? 0;
  const points = (change / 1e6).toFixed(3);
  console.log(`${symbol}: ${baseScore.toFixed(3)} -> ${score.toFixed(3)} (${points})`);
  console.log(`  ${ai?.rationale}; the answers differ by ${ai?.dissent.toFixed(2)}`);
}

await scanner.close();
