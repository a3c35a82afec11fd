import { expect, test } from 'vitest';
import { StreamGauge } from '../../src/mcp/scorer/stream-gauge.js';

function read(perEvent: boolean, ...chunks: readonly string[]): StreamGauge {
  const gauge = new StreamGauge(perEvent);
  for (const chunk of chunks) gauge.read(new TextEncoder().encode(chunk));
  return gauge;
}

test('a stream is measured whole, or by the event that is not yet complete', () => {
  const chunks = ['data: one\n\ndata: ', 'two\n\n', 'data: x'];
  expect(read(false, ...chunks).bytes).toBe(chunks.join('').length);
  expect(read(true, ...chunks).bytes).toBe('data: x'.length);
  expect(read(true, 'data: x', 'yz\r\n\r\nda').bytes).toBe(2);
  expect(read(true, 'data: one\n', '\n').bytes).toBe(0);
});

test('an event is numbered wherever the chunks are cut', () => {
  expect(read(false, 'i', 'd', ': 7\ndata: x\n\n').isNumbered).toBe(true);
  expect(read(false, 'data: x\nid', ': 7').isNumbered).toBe(true);
  expect(read(false, 'data: {"', 'id: 7"}\n\n').isNumbered).toBe(false);
});
