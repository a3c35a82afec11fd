/** Values by key, each with the time it was put there; the least recently used leave first. */
export class KeyedCache<Value> {
  readonly #capacity: number;
  readonly #kept = new Map<string, { readonly value: Value; readonly at: number }>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** What was put under a key, if that is no longer ago than `maxAgeMs`. */
  get(key: string, now: number, maxAgeMs: number): Value | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined || now - kept.at > maxAgeMs) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.value;
  }

  set(key: string, value: Value, at: number): void {
    this.#kept.delete(key);
    this.#kept.set(key, { value, at });
    if (this.#kept.size > this.#capacity) {
      const [oldest] = this.#kept.keys();
      this.#kept.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#kept.delete(key);
  }
}
