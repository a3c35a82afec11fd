/**
 * A stream of numbers from 0 to below 1 that depends on its seed alone: resampling gives the same interval each time.
 *
 * Mulberry32 by Tommy Ettinger: far more than resampling some hundred days needs.
 */
export function randomStream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}
