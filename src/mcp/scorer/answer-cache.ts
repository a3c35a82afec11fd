import type { AnalystAnswer } from '../analyst-answer.js';

interface Kept {
  readonly answers: readonly AnalystAnswer[];
  readonly at: number;
}

/** Answers by question, the least recently used leaving first. */
export class AnswerCache {
  readonly #capacity: number;
  readonly #kept = new Map<string, Kept>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The answers to a question, if they are no older than `maxAgeMs`. */
  get(key: string, now: number, maxAgeMs: number): Kept | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined || now - kept.at > maxAgeMs) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept;
  }

  set(key: string, answers: readonly AnalystAnswer[], at: number): void {
    this.#kept.delete(key);
    this.#kept.set(key, { answers, at });
    if (this.#kept.size > this.#capacity) {
      const [oldest] = this.#kept.keys();
      this.#kept.delete(oldest);
    }
  }
}
