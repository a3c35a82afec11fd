/** What an exchange counts against a limit: the weight of the requests of the last so many milliseconds. */
export class SlidingWindow {
  readonly #limit: number;
  readonly #lengthMs: number;
  #entries: { readonly at: number; readonly weight: number }[] = [];
  #worst = 0;

  constructor(limit: number, lengthMs: number) {
    this.#limit = limit;
    this.#lengthMs = lengthMs;
  }

  /** Counts a request; false when it is one too many. A refused request counts, too. */
  admit(at: number, weight: number): boolean {
    this.#entries = this.#entries.filter((entry) => entry.at > at - this.#lengthMs);
    this.#entries.push({ at, weight });
    const used = this.used;
    this.#worst = Math.max(this.#worst, used);
    return used <= this.#limit;
  }

  get used(): number {
    return this.#entries.reduce((sum, { weight }) => sum + weight, 0);
  }

  /** The fullest the window ever was, as a share of the limit: above 1 it was exceeded. */
  get worstShare(): number {
    return this.#worst / this.#limit;
  }
}
