/** Values that one side pushes as they come and the other iterates over; holds what was not yet taken. */
export class AsyncQueue<T> implements AsyncIterable<T> {
  readonly #values: T[] = [];
  #failure: { readonly error: unknown } | undefined;
  #isEnded = false;
  #wake: () => void = () => {};

  push(value: T): void {
    this.#values.push(value);
    this.#wake();
  }

  /** No more will come: the iteration ends after the last value. */
  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  /** Nothing more can come: the iteration throws after the last value. */
  fail(error: unknown): void {
    this.#failure = { error };
    this.end();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      while (this.#values.length > 0) yield this.#values.shift() as T;
      if (this.#isEnded) break;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
