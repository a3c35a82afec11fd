import { open, readFile, rename } from 'node:fs/promises';
import { readTrials, type Trial } from '../backtest/trial-ledger.js';
import { jsonText } from './json.js';

/**
 * Adds a trial to the ledger in a file and gives all that is in it. What a crash left of a line is dropped; the file is
 * replaced whole, after its new content is safe on disk, so that it is never seen half written.
 */
export async function addTrial(path: string, trial: Trial): Promise<readonly Trial[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const trials = [...readTrials(whole), trial];
  const next = `${path}.next`;
  const file = await open(next, 'w');
  try {
    await file.writeFile(`${whole}${jsonText(trial)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
  return trials;
}
