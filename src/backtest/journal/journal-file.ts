import { JsonLineFile } from '../json-line-file.js';
import type { JournalEntry } from './journal-entry.js';
import { entryKey, JOURNAL } from './journal-text.js';

/**
 * A file of every emitted signal and what became of it: NDJSON that only grows, each addition safe on disk before it is said
 * to be. Several processes may keep one journal; what a crash or a full disk left of a line is skipped.
 *
 * @example
 * ```ts
 * import { signalEntry, SignalJournal } from 'enhanced-market-scanner/backtest';
 * import { EnhancedMarketScanner } from 'enhanced-market-scanner';
 * import { syntheticProvider } from 'enhanced-market-scanner/providers';
 *
 * const scanner = new EnhancedMarketScanner({ provider: syntheticProvider() });
 * await using journal = await SignalJournal.open('signals.ndjson');
 * const { signals } = await scanner.scan();
 * await journal.add(signals.flatMap((signal) => signalEntry(signal) ?? []));
 * ```
 */
export class SignalJournal implements AsyncDisposable {
  readonly #file: JsonLineFile<JournalEntry>;
  readonly #entries: JournalEntry[] = [];
  readonly #known = new Set<string>();
  #read = 0;

  private constructor(file: JsonLineFile<JournalEntry>) {
    this.#file = file;
  }

  /**
   * Opens a journal, or begins one.
   *
   * @throws ScannerError `config` when the file cannot be written or is a link to another, `bad_data` naming the line that is
   * no entry.
   */
  static async open(path: string): Promise<SignalJournal> {
    return new SignalJournal(await JsonLineFile.open(path, JOURNAL));
  }

  /** Everything in it, in the order it was written, as of the last addition; what was told twice once. */
  get entries(): readonly JournalEntry[] {
    this.#takeIn(this.#file.values);
    return this.#entries;
  }

  /** Lines of which a crash or a full disk left only the beginning. */
  get torn(): number {
    return this.#file.torn;
  }

  /**
   * Adds what is not yet in it; on disk when the promise resolves.
   *
   * @throws ScannerError `config` when it could not be written; adding the same again then adds what is missing.
   */
  add(entries: readonly JournalEntry[]): Promise<void> {
    return this.#file.append((written) => {
      this.#takeIn(written);
      const fresh = new Map(entries.map((entry) => [entryKey(entry), entry]));
      return [...fresh].flatMap(([key, entry]) => (this.#known.has(key) ? [] : [entry]));
    });
  }

  #takeIn(written: readonly JournalEntry[]): void {
    for (; this.#read < written.length; this.#read++) {
      const entry = written[this.#read];
      const key = entryKey(entry);
      if (this.#known.has(key)) continue;
      this.#known.add(key);
      this.#entries.push(entry);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file[Symbol.asyncDispose]();
  }
}
