import { constants } from 'node:fs';
import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { quote, ScannerError } from '../../errors.js';
import type { JournalEntry } from './journal-entry.js';
import { readJournal } from './journal-text.js';

/** Signals and outcomes are nobody else's business. */
const OWNER_ALONE = 0o600;

/**
 * A file of every emitted signal and what became of it: NDJSON that only grows, each addition safe on disk before it is said
 * to be. What a crash left of a last line is cut off when the file is next opened, by way of a new file that takes its place whole.
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
  readonly #file: FileHandle;
  readonly #entries: JournalEntry[];
  readonly #known: Set<string>;
  /** Whether the last line was cut short and has been dropped. */
  readonly wasTorn: boolean;
  #adding: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle, entries: readonly JournalEntry[], wasTorn: boolean) {
    this.#file = file;
    this.#entries = [...entries];
    this.#known = new Set(entries.map(keyOf));
    this.wasTorn = wasTorn;
  }

  /**
   * Opens a journal, or begins one.
   *
   * @throws ScannerError `config` when the file cannot be written or is a link to another, `bad_data` naming the line that is
   * no entry.
   */
  static async open(path: string): Promise<SignalJournal> {
    try {
      const { entries, whole, torn } = readJournal(await textOf(path));
      if (torn) await replace(path, whole);
      const flags = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY;
      const file = await open(path, flags | constants.O_NOFOLLOW, OWNER_ALONE);
      return new SignalJournal(file, entries, torn);
    } catch (error) {
      if (ScannerError.is(error)) throw error;
      const { code } = error as NodeJS.ErrnoException;
      const told = `the journal must be a file that can be written, ${quote(path)} cannot (${code})`;
      throw new ScannerError('config', told, { cause: error });
    }
  }

  /** Everything in it, in the order it was written. */
  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** Adds what is not yet in it; on disk when the promise resolves. */
  add(entries: readonly JournalEntry[]): Promise<void> {
    const adding = this.#adding.then(() => this.#write(entries));
    this.#adding = adding.catch(() => {});
    return adding;
  }

  async #write(entries: readonly JournalEntry[]): Promise<void> {
    const fresh = new Map(entries.map((entry) => [keyOf(entry), entry]));
    const added = [...fresh].flatMap(([key, entry]) => (this.#known.has(key) ? [] : [entry]));
    if (added.length === 0) return;
    await this.#file.appendFile(added.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    await this.#file.datasync();
    for (const entry of added) this.#known.add(keyOf(entry));
    this.#entries.push(...added);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#adding;
    await this.#file.close();
  }
}

function keyOf({ kind, id }: JournalEntry): string {
  return `${kind} ${id}`;
}

async function textOf(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}

async function replace(path: string, text: string): Promise<void> {
  const next = `${path}.next`;
  const file = await open(next, 'w', OWNER_ALONE);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
}
