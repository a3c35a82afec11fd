import { expect, onTestFinished, test } from 'vitest';
import { serveAnalyst } from '../../src/mcp/analyst/serve-analyst.js';
import { mcpScorer } from '../../src/mcp/scorer/mcp-scorer.js';
import type { AiScorer } from '../../src/ports/ai-scorer.js';
import type { MarketSignal } from '../../src/scoring/signal.js';
import { checkAiScorer } from '../../src/testing/check-ai-scorer.js';
import { signalOf } from '../mcp/market.js';

const signals = [signalOf('A/USDT'), signalOf('B/USDT', { direction: 'short' })];

test('our own scorer keeps the contract', async () => {
  const analyst = await serveAnalyst({ port: 0 });
  const scorer = mcpScorer({ serverUrl: analyst.url, deadlineMs: 8_000 });
  onTestFinished(async () => {
    await scorer.close();
    await analyst.close();
  });
  expect((await checkAiScorer(scorer, { signals })).failures).toEqual([]);
});

function opining(opinion: unknown): AiScorer['review'] {
  return async (shown) => new Map(shown.map(({ symbol }) => [symbol, opinion as never]));
}

const good = { adjustment: 0.5, confidence: 0.5, rationale: 'up' };

test.each<[string, AiScorer['review'], RegExp]>([
  ['no map', async () => ({}) as never, /it resolves to object/],
  ['a rejection', () => Promise.reject(new Error('no model')), /no model/],
  ['a foreign symbol', async () => new Map([['Z/USDT', good]]), /"Z\/USDT" was not shown/],
  ['no numbers', opining({ rationale: 'up' }), /holds no numbers/],
  ['no rationale', opining({ ...good, rationale: undefined }), /has no rationale/],
  ['a number out of bounds', opining({ ...good, adjustment: 3 }), /adjustment of 3, beyond/],
  ['a size that grows', opining({ ...good, sizeFactor: 2 }), /sizeFactor of 2, beyond/],
  [
    'an answer out of bounds',
    opining({ answers: [{ capability: 'x', support: -2, confidence: 1 }], rationale: '' }),
    /support of -2, beyond/,
  ],
  [
    'an answer that is none',
    opining({
      answers: [{ capability: 'x', support: 0, confidence: 1 }, { capability: 'y' }],
      rationale: '',
    }),
    /an answer that is none/,
  ],
  ['silence', () => new Promise(() => undefined), /still runs after 50 ms/],
  [
    'a signal that it changed',
    async (shown) => {
      for (const signal of shown) (signal as { score: number }).score += 0.1;
      return new Map();
    },
    /a signal has changed/,
  ],
])('a scorer with %s is found out', async (_, review, failure) => {
  const own = structuredClone(signals) as MarketSignal[];
  const report = await checkAiScorer({ id: 'x', review }, { signals: own, timeoutMs: 50 });
  expect(report.passed).toBe(false);
  expect(report.failures.join('\n')).toMatch(failure);
});
