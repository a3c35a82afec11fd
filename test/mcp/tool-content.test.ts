import { expect, test } from 'vitest';
import { toolContent } from '../../src/mcp/scorer/tool-content.js';

const answer = (text: string) => ({ content: [{ type: 'text' as const, text }] });

test('a text is read as JSON', () => {
  expect(toolContent(answer('{"results":[1,2]}'))).toEqual({ results: [1, 2] });
});

test.each([
  ['small ones', `[${'0,'.repeat(10_001)}0]`],
  ['lists within lists', '['.repeat(10_001) + ']'.repeat(10_001)],
])('a text of more than ten thousand values is not read: %s', (_, text) => {
  expect(() => toolContent(answer(text))).toThrow('more than 10000 values');
});
