import { readFile } from 'node:fs/promises';
import { quote, ScannerError } from '../errors.js';
import type { ModelCard } from '../forecast/model-card.js';
import { readModelCard } from '../forecast/read-model-card.js';
import { EXIT, Refusal } from './exit-code.js';

/** The model card of `--card`; `undefined` for the shipped one. */
export async function readCard(path: string | undefined): Promise<ModelCard | undefined> {
  if (path === undefined) return undefined;
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'does not exist' : `cannot be read (${error.code})`;
    throw new Refusal(EXIT.usage, `--card takes a model card, ${quote(path)} ${why}`);
  });
  try {
    return readModelCard(text);
  } catch (error) {
    if (!ScannerError.is(error)) throw error;
    throw new Refusal(EXIT.usage, `--card ${quote(path)}: ${error.message}`);
  }
}
