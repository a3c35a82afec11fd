import { describe, expect, onTestFinished, test } from 'vitest';
import { mcpScorer } from '../../src/mcp/scorer/mcp-scorer.js';
import { type Call, hostileServer } from './hostile-server.js';
import { results } from './malices.js';
import { signalOf } from './market.js';

const SIGNALS = [signalOf('A/USDT')];

/** A server that answers when it is told to, and two scans that ask it the same. */
async function twoScans() {
  const held: Call[] = [];
  const server = await hostileServer((call) => void held.push(call));
  onTestFinished(() => server.close());
  const scorer = mcpScorer({ serverUrl: server.url, deadlineMs: 30_000 });
  onTestFinished(() => scorer.close());
  const scan = () => {
    const stop = new AbortController();
    return { stop, review: scorer.review(SIGNALS, { signal: stop.signal }) };
  };
  const [first, second] = [scan(), scan()];
  await expect.poll(() => held.length).toBe(1);
  const answer = (): void => results({})(held[0]);
  return { server, scorer, held, first, second, answer };
}

describe('a question that two scans ask', () => {
  test.each(['first', 'second'] as const)(
    'goes on for one when the %s is aborted',
    async (aborted) => {
      const { first, second, server, answer } = await twoScans();
      const [leaving, staying] = aborted === 'first' ? [first, second] : [second, first];
      leaving.stop.abort();
      await expect(leaving.review).rejects.toMatchObject({ code: 'aborted' });
      answer();
      expect((await staying.review).size).toBe(1);
      expect([server.calls, server.cancelled]).toEqual([1, 0]);
    },
  );

  test('is given up when both are aborted, and asked anew by a third', async () => {
    const { first, second, scorer, held, server } = await twoScans();
    for (const { stop, review } of [first, second]) {
      stop.abort();
      await expect(review).rejects.toMatchObject({ code: 'aborted' });
    }
    const third = scorer.review(SIGNALS);
    await expect.poll(() => server.cancelled).toBe(1);
    await expect.poll(() => held.length).toBe(2);
    results({})(held[1]);
    expect((await third).size).toBe(1);
    // Nobody's impatience is the server's fault.
    expect(scorer.health()).toEqual(['ready']);
  });
});
