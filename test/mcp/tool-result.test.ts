import { expect, test } from 'vitest';
import { ScannerError } from '../../src/errors.js';
import { toolResult } from '../../src/mcp/tool-result.js';

test('a result is the same JSON as text and as structure', async () => {
  const result = await toolResult(() => ({ score: 0.5 }));
  expect(result.structuredContent).toEqual({ score: 0.5 });
  expect(result.content).toEqual([{ type: 'text', text: '{"score":0.5}' }]);
});

test('an answer of more than 64 KiB is none, and says what to do', async () => {
  const bytes = 1 << 16;
  // Letters of two bytes, within {"words":""}.
  const words = 'ß'.repeat((bytes - 12) / 2);
  expect(await toolResult(() => ({ words }))).toMatchObject({ structuredContent: { words } });
  expect(await toolResult(async () => ({ words: `${words}!` }))).toEqual({
    isError: true,
    content: [
      {
        type: 'text',
        text: 'UNSUPPORTED: an answer may have at most 65536 bytes, this one has 65537: ask for less at once',
      },
    ],
  });
});

test.each<[string, () => object, string]>([
  ['NaN', () => ({ score: Number.NaN }), 'INTERNAL: score is NaN, which JSON cannot hold'],
  [
    'an error of ours',
    () => {
      throw new ScannerError('unknown_symbol', 'there is no "X"');
    },
    'UNKNOWN_SYMBOL: there is no "X"',
  ],
])('%s is a failure with a code', async (_, work, text) => {
  expect(await toolResult(work)).toEqual({ isError: true, content: [{ type: 'text', text }] });
});
