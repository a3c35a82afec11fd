import { expect, test } from 'vitest';
import { WarmWindows } from '../../src/scanner/warm-windows.js';

test('windows are kept of so many symbols, those used last', () => {
  const warm = new WarmWindows(2);
  const [a, b] = [warm.of('A'), warm.of('B')];
  expect(warm.of('A')).toBe(a);
  warm.of('C');
  expect(warm.size).toBe(2);
  expect(warm.of('A')).toBe(a);
  expect(warm.of('B')).not.toBe(b);
});
