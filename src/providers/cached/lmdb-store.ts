import { chmod, lstat, mkdir, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ScannerError } from '../../errors.js';
import { withDeadline } from '../../parallel/deadline.js';
import { systemTimers } from '../../parallel/system-timers.js';
import type { Logger } from '../../ports/logger.js';
import type { CandleStore, SeriesKey } from './candle-store.js';
import type { KnownCandles } from './known-candles.js';
import { decodeKnown, encodeKnown } from './stored-candles.js';

type Database = import('lmdb').RootDatabase<Buffer, string>;

/** The files of a database in its folder. */
const FILES = ['data.mdb', 'lock.mdb'];
/** LMDB maps its lock into memory: on a disk without room for that, touching it ends the process, and no error tells why. */
const LEAST_ROOM = 1_048_576;
/** A disk that has not written by then is not waited for. */
const CLOSE_MS = 5_000;

/**
 * Candles in an LMDB database: written in transactions, so that a process that dies leaves the old series or the new one,
 * never half of each. Several processes may share it. After its first failure the disk is left alone: there is one warning,
 * nothing more is read or written, and what was written before is found by the next process.
 */
export class LmdbStore implements CandleStore {
  readonly #folder: string;
  readonly #logger: Logger;
  readonly #writes = new Set<Promise<unknown>>();
  #opened: Promise<Database | undefined> | undefined;
  #isLost = false;

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
      await this.#lose(error);
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
    const limits = { ms: CLOSE_MS, timers: systemTimers, what: 'closing the candles on disk' };
    await withDeadline(() => this.#close(), limits).catch((error: unknown) => this.#lose(error));
  }

  async #close(): Promise<void> {
    while (this.#writes.size > 0) await Promise.all(this.#writes);
    const database = await this.#opened;
    this.#opened = undefined;
    // A database that failed to commit would wait for that commit for ever.
    if (!this.#isLost) await database?.close();
  }

  #change(change: (database: Database) => Promise<unknown>): void {
    const write = this.#database()
      .then((database) => database && change(database))
      .catch((error: unknown) => this.#lose(error))
      .finally(() => this.#writes.delete(write));
    this.#writes.add(write);
  }

  async #database(): Promise<Database | undefined> {
    if (this.#isLost) return undefined;
    this.#opened ??= this.#open();
    const database = await this.#opened;
    return this.#isLost ? undefined : database;
  }

  async #open(): Promise<Database | undefined> {
    const { open } = await loadLmdb();
    try {
      await prepare(this.#folder);
      return open<Buffer, string>({
        path: this.#folder,
        encoding: 'binary',
        // Else a folder with a dot in its name is taken for a file.
        noSubdir: false,
        // Else every turn's writes begin with one of lmdb's own, whose failure nobody could catch.
        eventTurnBatching: false,
      });
    } catch (error) {
      await this.#lose(error);
      return undefined;
    }
  }

  async #lose(error: unknown): Promise<void> {
    const isFirst = !this.#isLost;
    this.#isLost = true;
    const reason = await reasonOf(error);
    if (isFirst) this.#logger.warn('candles cannot be kept on disk', { error: reason });
  }
}

/** Each write that fails brings the reason as a promise of its own, which ends the process when nobody looks at it. */
async function reasonOf(error: unknown): Promise<unknown> {
  try {
    await (error as { readonly commitError?: Promise<never> }).commitError;
    return error;
  } catch (reason) {
    return reason;
  }
}

/** Has a folder and files that nobody else reads, on a disk with room. */
async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await refuseLink(folder);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < LEAST_ROOM) throw new ScannerError('config', `the disk is full: ${folder}`);
  for (const file of FILES) await makePrivate(join(folder, file));
}

/** Never opens a file that exists: closing it again would take from this process the locks that it holds on it. */
async function makePrivate(path: string): Promise<void> {
  try {
    await writeFile(path, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await refuseLink(path);
    await chmod(path, 0o600);
  }
}

async function refuseLink(path: string): Promise<void> {
  if (!(await lstat(path)).isSymbolicLink()) return;
  throw new ScannerError('config', `candles are not kept behind a symbolic link: ${path}`);
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
