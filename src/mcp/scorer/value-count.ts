/** The most values of one message: the answers about thirty markets are half of that, and reading many small ones takes longer than their bytes. */
export const MOST_VALUES = 10_000;

const COMMA = 0x2c;
const BRACKET = 0x5b;
const BRACE = 0x7b;

/**
 * Counts the values of a message by the letters of its JSON: those that commas part, and those that hold others, for lists within lists
 * need no comma. Between the letters of texts and those of the message nothing is told apart: there is room for both.
 */
export class ValueCount {
  #parted = 0;
  #holding = 0;

  get isTooLarge(): boolean {
    return this.#parted > MOST_VALUES || this.#holding > MOST_VALUES;
  }

  read(letter: number): void {
    if (letter === COMMA) this.#parted++;
    else if (letter === BRACKET || letter === BRACE) this.#holding++;
  }

  /** Begins with another message. */
  reset(): void {
    this.#parted = 0;
    this.#holding = 0;
  }
}
