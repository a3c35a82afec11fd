import { expect, test } from 'vitest';
import { FloodGate } from '../../src/mcp/scorer/flood-gate.js';

async function piecesOf(gate: FloodGate, ...texts: readonly string[]): Promise<string[]> {
  const pieces: string[] = [];
  for (const text of texts)
    for await (const piece of gate.through(new TextEncoder().encode(text)))
      pieces.push(new TextDecoder().decode(piece));
  return pieces;
}

test.each(['data: 1\n\n', 'data: 1\r\n\r\n', 'data: 1\r\r'])(
  'a stream of events comes in pieces of sixteen, whatever its lines end with (%j)',
  async (event) => {
    const text = event.repeat(40);
    const pieces = await piecesOf(new FloodGate('blank line', 1_024), text);
    expect(pieces.join('')).toBe(text);
    expect(pieces.length).toBe(3);
    for (const piece of pieces) expect(piece.split('data').length - 1).toBeLessThanOrEqual(16);
  },
);

test('an event that is cut anywhere is still one', async () => {
  const text = 'data: 1\r\n\r\n'.repeat(40);
  const pieces = await piecesOf(new FloodGate('blank line', 1_024), ...text);
  expect(pieces).toEqual([...text]);
});

test('lines come in pieces of sixteen', async () => {
  const pieces = await piecesOf(new FloodGate('line', 1_024), '{}\n'.repeat(20));
  expect(pieces).toEqual(['{}\n'.repeat(16), '{}\n'.repeat(4)]);
});

test('between two pieces whoever waits has a turn', async () => {
  const turns: string[] = [];
  const reading = piecesOf(new FloodGate('line', 1_024), '{}\n'.repeat(20)).then(() =>
    turns.push('read'),
  );
  setImmediate(() => turns.push('other'));
  await reading;
  expect(turns).toEqual(['other', 'read']);
});

test.each<[string, FloodGate, string]>([
  ['500 messages', new FloodGate('line', 1 << 20), '\n'.repeat(501)],
  ['8192 bytes', new FloodGate('stream', 1_024), 'x'.repeat(8_193)],
  ['10000 values', new FloodGate('blank line', 1 << 20), ','.repeat(10_001)],
])('more than %s is too much', async (most, gate, text) => {
  await expect(piecesOf(gate, text)).rejects.toThrow(`more than ${most}`);
});

test('values are counted by message', async () => {
  const text = `data: ${','.repeat(7_000)}\n\n`.repeat(3);
  expect((await piecesOf(new FloodGate('blank line', 1 << 20), text)).join('')).toBe(text);
});

test.each(['[', '{"a":'])('values within values are many too (%j)', async (opening) => {
  const gate = new FloodGate('stream', 1 << 20);
  await expect(piecesOf(gate, opening.repeat(10_001))).rejects.toThrow('more than 10000 values');
});
