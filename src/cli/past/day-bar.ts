import type { ProgressBar } from '../progress.js';

/** Adds up how far pieces of work are that are done side by side. */
export class DayBar {
  readonly #bar: ProgressBar;
  readonly #done = new Map<string, number>();
  readonly #total: number;

  constructor(bar: ProgressBar, total: number) {
    this.#bar = bar;
    this.#total = total;
  }

  /** Says how far one of them is. */
  set(name: string, done: number): void {
    this.#done.set(name, done);
    let sum = 0;
    for (const each of this.#done.values()) sum += each;
    this.#bar.update({ symbol: name, done: Math.min(sum, this.#total), total: this.#total });
  }
}
