/** A figure and where 95 % of its resampled values lie. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const DAY_MS = 86_400_000;
const RESAMPLES = 1000;

/**
 * Sums over blocks of days: whatever is a function of sums can be resampled block by block, which keeps together what shares
 * its news. Weeks where a horizon reaches beyond a third of a day.
 */
export class BlockSums {
  readonly #size: number;
  readonly #blockMs: number;
  readonly #blocks = new Map<number, Float64Array>();

  /** @param size - How many sums there are. */
  constructor(size: number, days = 1) {
    this.#size = size;
    this.#blockMs = days * DAY_MS;
  }

  /** The sums of the block that a moment lies in, to add to. */
  at(time: number): Float64Array {
    const block = Math.floor(time / this.#blockMs);
    let sums = this.#blocks.get(block);
    if (sums === undefined) {
      sums = new Float64Array(this.#size);
      this.#blocks.set(block, sums);
    }
    return sums;
  }

  /** Adds every block to those of wider or equal blocks. */
  addTo(wider: BlockSums): void {
    for (const [block, sums] of this.#blocks) {
      const into = wider.at(block * this.#blockMs);
      for (let k = 0; k < sums.length; k++) into[k] += sums[k];
    }
  }

  get total(): Float64Array {
    return this.#sum([...this.#blocks.values()]);
  }

  /** The figure of all blocks, and its interval over blocks drawn with replacement. */
  estimate(figure: (sums: Float64Array) => number): Interval {
    const blocks = [...this.#blocks.values()];
    const random = randomStream(1);
    const values = Array.from({ length: RESAMPLES }, () =>
      figure(this.#sum(blocks.map(() => blocks[Math.floor(random() * blocks.length)]))),
    ).sort((a, b) => a - b);
    const at = (share: number): number => values[Math.round(share * (values.length - 1))];
    return { value: figure(this.total), low: at(0.025), high: at(0.975) };
  }

  #sum(blocks: readonly Float64Array[]): Float64Array {
    const sum = new Float64Array(this.#size);
    for (const block of blocks) for (let k = 0; k < sum.length; k++) sum[k] += block[k];
    return sum;
  }
}

// The minimal standard generator of Park and Miller (1988): enough to draw days by.
function randomStream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
