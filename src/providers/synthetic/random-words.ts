/**
 * Fills a buffer with 32-bit random words that depend on the key alone, so that any part of a market can be drawn first.
 *
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand), its state seeded by a Murmur3-style mix of the key.
 *
 * @param key - Whole numbers that name what is drawn, such as seed, symbol, day and purpose.
 */
export function randomWords(length: number, ...key: readonly number[]): Uint32Array {
  const words = new Uint32Array(length);
  let a = mix(key, 0x9e3779b9);
  let b = mix(key, 0x85ebca6b);
  let c = mix(key, 0x1b873593);
  let counter = 1;
  // The first outputs of sfc32 still resemble its seed.
  for (let i = -WARM_UP; i < length; i++) {
    const word = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    if (i >= 0) words[i] = word;
  }
  return words;
}

/** A number from 0 to below 1 that depends on the key alone. */
export function randomUnit(...key: readonly number[]): number {
  return (mix(key, 0x27d4eb2f) >>> 0) / 2 ** 32;
}

const WARM_UP = 12;

function mix(key: readonly number[], salt: number): number {
  let h = salt | 0;
  for (const part of key) {
    // A key part may be wider than 32 bits; both halves count.
    h = scramble(h ^ part);
    h = scramble(h ^ Math.floor(part / 2 ** 32));
  }
  return h;
}

function scramble(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) + 0x9e3779b9;
}
