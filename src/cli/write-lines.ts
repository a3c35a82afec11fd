import { open } from 'node:fs/promises';
import { quote } from '../errors.js';
import { EXIT, Refusal } from './exit-code.js';

/** Text is handed to the disk in pieces of about this many characters. */
const CHUNK = 1 << 20;

/** A file written from top to bottom, in pieces large enough for the disk. */
export interface LineFile extends AsyncDisposable {
  write(line: string): Promise<void> | undefined;
}

/** Opens a file for writing, in place of what was there. */
export async function openLineFile(flag: string, path: string): Promise<LineFile> {
  const file = await open(path, 'w').catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(
      EXIT.usage,
      `${flag} takes a file to write, ${quote(path)} cannot be written (${error.code})`,
    );
  });
  let pending = '';
  const flush = async (): Promise<void> => {
    const text = pending;
    pending = '';
    await file.appendFile(text);
  };
  return {
    write(line) {
      pending += `${line}\n`;
      return pending.length < CHUNK ? undefined : flush();
    },
    async [Symbol.asyncDispose]() {
      await flush();
      await file.close();
    },
  };
}
