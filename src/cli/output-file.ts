import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { quote } from '../errors.js';
import { EXIT, Refusal } from './exit-code.js';

/** Refuses a place where no file can be written before hours of work are spent on what belongs there. */
export async function requireWritable(flag: string, path: string | undefined): Promise<void> {
  if (path === undefined) return;
  try {
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    await access(found === undefined ? dirname(path) : path, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const told = `${flag} takes a file to write, ${quote(path)} cannot be written (${code})`;
    throw new Refusal(EXIT.usage, told);
  }
}
