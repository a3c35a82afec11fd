import { createReadStream } from 'node:fs';
import { type FileHandle, open, rename, stat } from 'node:fs/promises';

/** Text is handed to the disk in pieces of about this many characters. */
const CHUNK = 1 << 20;
const NEWLINE = 10;

/** Takes a line, without its end; what it gives is to be awaited where it is a promise. */
export type WriteLine = (line: string) => Promise<void> | undefined;

/** Writes a file from top to bottom. */
export async function writeWhole(
  path: string,
  write: (line: WriteLine) => Promise<unknown>,
): Promise<void> {
  await putWhole(path, async (file) => {
    let pending = '';
    const flush = async (): Promise<void> => {
      const text = pending;
      pending = '';
      await file.appendFile(text);
    };
    await write((line) => {
      pending += `${line}\n`;
      return pending.length < CHUNK ? undefined : flush();
    });
    await flush();
  });
}

/** Writes files one after another into one. @returns Lines in all. */
export async function joinFiles(path: string, parts: readonly string[]): Promise<number> {
  let lines = 0;
  await putWhole(path, async (file) => {
    for (const part of parts) {
      for await (const bytes of createReadStream(part, { highWaterMark: CHUNK })) {
        lines += linesIn(bytes);
        await file.appendFile(bytes);
      }
    }
  });
  return lines;
}

/** Writes beside the place, and takes the place when all is safe on disk: nobody ever sees half a file. A pipe is written to. */
async function putWhole(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  const isFile = found === undefined || found.isFile();
  const next = isFile ? `${path}.next` : path;
  const file = await open(next, 'w');
  try {
    await write(file);
    if (isFile) await file.sync();
  } finally {
    await file.close();
  }
  if (isFile) await rename(next, path);
}

function linesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}
