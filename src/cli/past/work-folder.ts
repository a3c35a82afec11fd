import { mkdir, readdir, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { quote } from '../../errors.js';
import { printable } from '../../report/columns.js';
import { EXIT, Refusal } from '../exit-code.js';
import { writeWhole } from '../write-lines.js';

/**
 * Finished pieces of a long work, a file each in a folder beside its output, so that the same command goes on where it was
 * interrupted. A piece is found again by what it is of and the fingerprint of code, settings and candles; any other is not.
 * Each is safe on disk before it takes its place, so that a crash leaves it whole or not at all.
 */
export class WorkFolder {
  readonly path: string;
  readonly #kept: Set<string>;
  readonly #used = new Set<string>();

  private constructor(path: string, kept: Iterable<string>) {
    this.path = path;
    this.#kept = new Set(kept);
  }

  /**
   * Opens the folder beside an output, or begins one.
   *
   * @param flag - Of the output, for the refusal.
   * @param suffix - What the folder's name has besides the output's.
   * @throws Refusal when there is no place for it.
   */
  static async beside(flag: string, output: string, suffix = ''): Promise<WorkFolder> {
    const path = `${await placeOf(output)}${suffix}.part`;
    try {
      await mkdir(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
      return new WorkFolder(path, await readdir(path));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const told = `${flag} takes a file to write, ${quote(output)} cannot be written (${code})`;
      throw new Refusal(EXIT.usage, told);
    }
  }

  /** How many pieces this run has found or kept. */
  get count(): number {
    return this.#used.size;
  }

  /** Whether a piece has been kept. */
  has(name: string, print: string): boolean {
    const file = fileName(name, print);
    const isKept = this.#kept.has(file);
    if (isKept) this.#used.add(file);
    return isKept;
  }

  /** Where a piece lies. */
  file(name: string, print: string): string {
    return join(this.path, fileName(name, print));
  }

  /** Takes note of a piece that now lies at {@link WorkFolder.file}. */
  note(name: string, print: string): void {
    this.#kept.add(fileName(name, print));
    this.#used.add(fileName(name, print));
  }

  /** The text of a piece; `undefined` where it has not been kept. */
  async read(name: string, print: string): Promise<string | undefined> {
    return this.has(name, print) ? await readFile(this.file(name, print), 'utf8') : undefined;
  }

  async keep(name: string, print: string, text: string): Promise<void> {
    await writeWhole(this.file(name, print), async (write) => write(text));
    this.note(name, print);
  }

  /** Removes it with all that is in it. */
  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  /** Removes it where nothing has been kept. */
  async tidy(): Promise<void> {
    await rmdir(this.path).catch(() => {});
  }
}

/** Tells that some of the work was found done; to be asked before any more is. */
export function goesOn({ path, count }: WorkFolder, total: number, what = 'symbols'): string {
  return printable(`ems: goes on after ${count} of ${total} ${what}, kept in ${path}`);
}

/** Tells who interrupts what becomes of the work. */
export function isKept({ path, count }: WorkFolder, total: number, what = 'symbols'): string {
  if (count === 0) return 'ems: interrupted';
  const told = `ems: interrupted; ${count} of ${total} ${what} are kept in ${path}`;
  return printable(`${told}, and the same command goes on from there`);
}

function fileName(name: string, print: string): string {
  return `${encodeURIComponent(name)}.${print}`;
}

/** Beside what is no file, such as a pipe, nothing can be kept. */
async function placeOf(output: string): Promise<string> {
  const found = await stat(output).catch(() => undefined);
  return found === undefined || found.isFile() ? output : join(tmpdir(), `ems-${basename(output)}`);
}
