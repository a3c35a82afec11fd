import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CappedUsage } from '../../src/scoring/capped-usage.js';
import { CAP_RULES, type PortfolioCaps, Usage } from '../../src/scoring/portfolio-caps.js';
import { scoreMarket } from '../../src/scoring/score-market.js';
import type { MarketSignal } from '../../src/scoring/signal.js';
import { scoringInput } from './fixtures.js';

const scored = scoreMarket(scoringInput());
if (scored.kind !== 'signal') throw new Error(scored.rejection.nearestMiss);
const template = scored.signal;

const anyRanking: fc.Arbitrary<MarketSignal[]> = fc.array(
  fc
    .record({
      riskFraction: fc.double({ min: 0.001, max: 0.05, noNaN: true }),
      notionalMultiple: fc.double({ min: 0.01, max: 1.5, noNaN: true }),
    })
    .map((sizes) => ({ ...template, ...sizes })),
  { maxLength: 30 },
);

const caps: PortfolioCaps = {
  maxPositions: 5,
  maxTotalRisk: 0.08,
  maxPositionNotional: 1,
  maxGrossNotional: 3,
};

/** What the candidates use up when all of them are chosen anew. */
function usageOf(ranked: readonly MarketSignal[], bounds: PortfolioCaps): Usage {
  const usage = new Usage();
  for (const signal of ranked) {
    if (usage.broken(signal, bounds) === undefined) usage.take(signal);
  }
  return usage;
}

it('is what choosing anew under the other cap would use up, at every rank', () => {
  const anyScale = fc.double({ min: 0.5, max: 4, noNaN: true });
  fc.assert(
    fc.property(anyRanking, anyScale, fc.constantFrom(...CAP_RULES), (ranked, scale, rule) => {
      const cappedUsage = new CappedUsage(ranked, caps);
      const cap = caps[rule.setting] * scale;
      for (let rank = 0; rank <= ranked.length; rank++) {
        for (const to of [cap, Number.POSITIVE_INFINITY]) {
          const anew = usageOf(ranked.slice(0, rank), { ...caps, [rule.setting]: to });
          expect(cappedUsage.before(rank, rule, to)).toEqual(anew);
        }
      }
    }),
  );
});
