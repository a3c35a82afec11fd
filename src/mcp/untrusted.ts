/** The most of a foreign text that is shown. */
const SHOWN_LENGTH = 160;

/**
 * Text from outside. It can be shown, cut and on one line, and that is all: it is no `string`, so it cannot get into a question to
 * an analyst, a key or a comparison without a compiler's complaint.
 */
export class Untrusted {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** For people to read. */
  shown(): string {
    return this.#text
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
      .trim()
      .slice(0, SHOWN_LENGTH);
  }
}
