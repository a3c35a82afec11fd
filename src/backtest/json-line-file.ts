import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { quote, ScannerError } from '../errors.js';
import { type LineKind, readJsonLines } from './json-lines.js';

/** What is kept of trading is nobody else's business. */
const OWNER_ALONE = 0o600;
const NEWLINE = 10;
const FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;

/**
 * A file of JSON objects, one a line, that only ever grows. Any number of processes may add to it: each writes whole lines at its
 * end and reads there what the others wrote, so nothing that was written is ever moved, cut off or written over. What a crash or a
 * full disk left of a line stays where it is and is skipped.
 */
export class JsonLineFile<T> implements AsyncDisposable {
  readonly #path: string;
  readonly #kind: LineKind<T>;
  readonly #file: FileHandle;
  readonly #values: T[] = [];
  /** Bytes and lines that were read, up to the end of a line. */
  #offset = 0;
  #lines = 0;
  #torn = 0;
  #hasTail = false;
  #adding: Promise<void> = Promise.resolve();

  private constructor(path: string, kind: LineKind<T>, file: FileHandle) {
    this.#path = path;
    this.#kind = kind;
    this.#file = file;
  }

  /**
   * Opens a file, or begins one, for its owner alone.
   *
   * @throws ScannerError `config` when it cannot be written or is a link to another, `bad_data` naming a line that is not of its
   * kind.
   */
  static async open<T>(path: string, kind: LineKind<T>): Promise<JsonLineFile<T>> {
    const isNew = (await stat(path).catch(() => undefined)) === undefined;
    const file = await open(path, FLAGS, OWNER_ALONE).catch((cause: NodeJS.ErrnoException) => {
      throw unfit(path, kind, cause);
    });
    const lines = new JsonLineFile(path, kind, file);
    try {
      await lines.#catchUp();
      if (isNew) await syncFolder(dirname(path));
      return lines;
    } catch (error) {
      await file.close();
      throw ScannerError.is(error) ? error : unfit(path, kind, error as NodeJS.ErrnoException);
    }
  }

  /** All that was read so far, in the order it was written, whoever wrote it. */
  get values(): readonly T[] {
    return this.#values;
  }

  /** Lines of which only the beginning is there. */
  get torn(): number {
    return this.#torn + (this.#hasTail ? 1 : 0);
  }

  /**
   * Adds lines; they are on disk when the promise resolves.
   *
   * @param missing - Given all that is in the file at that moment, what there is to add.
   * @throws ScannerError `config` when they could not be written; none of them then counts as added, and adding again mends it.
   */
  append(missing: (values: readonly T[]) => readonly T[]): Promise<void> {
    const adding = this.#adding.then(() => this.#write(missing));
    this.#adding = adding.catch(() => {});
    return adding;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#adding;
    await this.#file.close();
  }

  async #write(missing: (values: readonly T[]) => readonly T[]): Promise<void> {
    await this.#catchUp();
    const added = missing(this.#values);
    if (added.length === 0) return;
    const lines = added.map((value) => `${JSON.stringify(value)}\n`).join('');
    // Behind half a line the next one would be lost with it.
    const bytes = Buffer.from(this.#hasTail ? `\n${lines}` : lines);
    try {
      // At once: between two writes another process could add its own.
      const { bytesWritten } = await this.#file.write(bytes);
      if (bytesWritten < bytes.length) throw new Error('only a part of it was written');
      await this.#file.datasync();
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      const told = `the ${this.#kind.file} ${quote(this.#path)} could not be written to: ${code ?? message}`;
      throw new ScannerError('config', told, { cause });
    }
    await this.#catchUp();
  }

  /** Reads what was written since it was last read, by this process or another. */
  async #catchUp(): Promise<void> {
    const { size } = await this.#file.stat();
    await this.#requireSame(size);
    const bytes = Buffer.alloc(size - this.#offset);
    const { bytesRead } = await this.#file.read(bytes, 0, bytes.length, this.#offset);
    const end = bytes.lastIndexOf(NEWLINE, bytesRead - 1) + 1;
    this.#hasTail = end < bytesRead;
    if (end === 0) return;
    const lines = bytes.toString('utf8', 0, end - 1).split('\n');
    const { values, torn } = readJsonLines(lines, this.#kind, this.#lines);
    for (const value of values) this.#values.push(value);
    this.#torn += torn;
    this.#lines += lines.length;
    this.#offset += end;
  }

  /** What is written to a file that was moved away, or over one that was cut, nobody would find again. */
  async #requireSame(size: number): Promise<void> {
    const [own, there] = await Promise.all([
      this.#file.stat(),
      stat(this.#path).catch(() => undefined),
    ]);
    if (there?.ino === own.ino && there.dev === own.dev && size >= this.#offset) return;
    throw new ScannerError(
      'config',
      `the ${this.#kind.file} ${quote(this.#path)} was moved, replaced or cut short while it was open: open it again`,
    );
  }
}

function unfit(
  path: string,
  { file }: LineKind<unknown>,
  cause: NodeJS.ErrnoException,
): ScannerError {
  const told = `the ${file} must be a file that can be written, ${quote(path)} cannot (${cause.code})`;
  return new ScannerError('config', told, { cause });
}

/** A new file is safe when its name is. */
async function syncFolder(path: string): Promise<void> {
  // Windows has no such thing, and needs none.
  if (process.platform === 'win32') return;
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
