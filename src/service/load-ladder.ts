import type { Workload } from '../scanner/workload.js';

/** What a step down changes. */
export type LoadStep = 'less-depth' | 'less-concurrency';

interface Rung {
  readonly step: LoadStep;
  readonly depth: number;
  readonly concurrency: number;
}

/** Evidence goes before speed, and symbols never go. */
const RUNGS: readonly Rung[] = [
  { step: 'less-depth', depth: 1 / 2, concurrency: 1 },
  { step: 'less-depth', depth: 1 / 4, concurrency: 1 },
  { step: 'less-concurrency', depth: 1 / 4, concurrency: 1 / 2 },
  { step: 'less-concurrency', depth: 1 / 4, concurrency: 1 / 4 },
];

/** Thinner books and shorter trade lists tell nothing any more. */
const LEAST_LEVELS = 5;
const LEAST_TRADES = 20;

/** How far a scanner has been eased, from its configured workload at the top to the least at the foot. */
export class LoadLadder {
  readonly #configured: Workload;
  #down = 0;

  constructor(configured: Workload) {
    this.#configured = configured;
  }

  get isAtTop(): boolean {
    return this.#down === 0;
  }

  /** The step that is next on the way down; `undefined` at the foot. */
  get next(): LoadStep | undefined {
    return RUNGS[this.#down]?.step;
  }

  get workload(): Workload {
    const { orderBookDepth, tradeLimit, concurrency } = this.#configured;
    if (this.#down === 0) return { orderBookDepth, tradeLimit, concurrency };
    const rung = RUNGS[this.#down - 1];
    return {
      orderBookDepth: part(orderBookDepth, rung.depth, LEAST_LEVELS),
      tradeLimit: part(tradeLimit, rung.depth, LEAST_TRADES),
      concurrency: part(concurrency, rung.concurrency, 1),
    };
  }

  descend(): void {
    this.#down = Math.min(RUNGS.length, this.#down + 1);
  }

  climb(): void {
    this.#down = Math.max(0, this.#down - 1);
  }
}

/** A share of a whole number, and not less than `least` unless it was. */
function part(whole: number, share: number, least: number): number {
  return Math.max(Math.min(least, whole), Math.floor(whole * share));
}
