import type { ReplayHistory } from './replay-history.js';

const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * A short name for all candles that a replay reads: equal for equal data. Two FNV-1a hashes over 32-bit words, in eight hexadecimal digits each; it
 * tells data sets apart and protects against nothing.
 */
export function dataHash(histories: readonly ReplayHistory[]): string {
  let forward = OFFSET;
  let salted = OFFSET ^ 0x5bd1e995;
  const read = (words: Uint32Array): void => {
    for (const word of words) {
      forward = Math.imul(forward ^ word, PRIME);
      salted = Math.imul(salted ^ (word >>> 7) ^ (word << 3), PRIME);
    }
  };
  for (const { market, base, candles, finer } of histories) {
    read(Uint32Array.from(market.symbol, (letter) => letter.codePointAt(0) ?? 0));
    // What is analysed need not be folded from what is filled: longer candles may have files of their own.
    const series = new Set([base, ...candles.values(), ...(finer ? [finer] : [])]);
    for (const { time, open, high, low, close, volume } of series) {
      for (const column of [time, open, high, low, close, volume]) {
        read(new Uint32Array(column.buffer, column.byteOffset, column.length * 2));
      }
    }
  }
  return [forward, salted].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
