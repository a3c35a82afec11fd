/** A bounded memory of what was made, keyed by number: the least recently used is forgotten first. */
export class Recent<T> {
  readonly #capacity: number;
  readonly #entries: Map<number, T> = new Map();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** What is remembered, or what `make` makes now. */
  get(key: number, make: () => T): T {
    const known = this.#entries.get(key);
    const value = known ?? make();
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#capacity) {
      this.#entries.delete(this.#entries.keys().next().value as number);
    }
    return value;
  }
}
