import { mkdir } from 'node:fs/promises';
import { ScannerError } from '../../errors.js';
import type { Logger } from '../../ports/logger.js';
import type { CandleStore, SeriesKey } from './candle-store.js';
import type { KnownCandles } from './known-candles.js';
import { decodeKnown, encodeKnown } from './stored-candles.js';

type Database = import('lmdb').RootDatabase<Buffer, string>;

/** How often a store that fails may say so. */
const WARN_EVERY_MS = 60_000;

/**
 * Candles in an LMDB database: written in transactions, so that a process that dies leaves the old series or the new one,
 * never half of each. Several processes may share it.
 */
export class LmdbStore implements CandleStore {
  readonly #folder: string;
  readonly #logger: Logger;
  readonly #writes = new Set<Promise<unknown>>();
  #opened: Promise<Database | undefined> | undefined;
  #warnedAt = Number.NEGATIVE_INFINITY;

  constructor(folder: string, logger: Logger) {
    this.#folder = folder;
    this.#logger = logger;
  }

  /** @throws ScannerError `config` when the package lmdb is not installed; any other trouble is nothing found, and a warning. */
  async read(key: SeriesKey): Promise<KnownCandles | undefined> {
    const database = await this.#database();
    try {
      const bytes = database?.getBinary(nameOf(key));
      return bytes && decodeKnown(bytes, key.timeframe);
    } catch (error) {
      this.#warn(error);
      return undefined;
    }
  }

  write(key: SeriesKey, known: KnownCandles): void {
    this.#change((database) => database.put(nameOf(key), encodeKnown(known)));
  }

  remove(key: SeriesKey): void {
    this.#change((database) => database.remove(nameOf(key)));
  }

  async close(): Promise<void> {
    while (this.#writes.size > 0) await Promise.all(this.#writes);
    const database = await this.#opened;
    this.#opened = undefined;
    await database?.close();
  }

  #change(change: (database: Database) => Promise<unknown>): void {
    const write = this.#database()
      .then((database) => database && change(database))
      .catch((error: unknown) => this.#warn(error))
      .finally(() => this.#writes.delete(write));
    this.#writes.add(write);
  }

  #database(): Promise<Database | undefined> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  async #open(): Promise<Database | undefined> {
    const { open } = await loadLmdb();
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      return open<Buffer, string>({ path: this.#folder, encoding: 'binary' });
    } catch (error) {
      this.#warn(error);
      return undefined;
    }
  }

  #warn(error: unknown): void {
    const now = performance.now();
    if (now - this.#warnedAt < WARN_EVERY_MS) return;
    this.#warnedAt = now;
    this.#logger.warn('candles cannot be kept on disk', { error });
  }
}

async function loadLmdb(): Promise<typeof import('lmdb')> {
  try {
    return await import('lmdb');
  } catch (error) {
    throw new ScannerError(
      'config',
      'candles on disk need the package lmdb, which is not installed: npm install lmdb',
      { cause: error },
    );
  }
}

function nameOf({ providerId, symbol, timeframe }: SeriesKey): string {
  return JSON.stringify([providerId, symbol, timeframe]);
}
