/** One instance's slice of a whole that `count` instances share without talking to each other. */
export interface Shard {
  /** 0 to `count - 1`. */
  readonly index: number;
  readonly count: number;
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Whether a key falls into a shard: every key falls into exactly one of the `count`, the same on every machine.
 *
 * By 32-bit FNV-1a over UTF-16 code units with Murmur3's finaliser, for FNV alone leaves the low bits of short keys uneven.
 */
export function inShard(key: string, shard: Shard): boolean {
  return shard.count === 1 || hash(key) % shard.count === shard.index;
}

function hash(key: string): number {
  let h = FNV_OFFSET;
  for (let i = 0; i < key.length; i++) h = Math.imul(h ^ key.charCodeAt(i), FNV_PRIME);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
