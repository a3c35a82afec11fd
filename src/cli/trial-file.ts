import { readFile } from 'node:fs/promises';
import { readTrials, type Trial } from '../backtest/trial-ledger.js';
import { jsonText } from './json.js';
import { writeWhole } from './write-lines.js';

/** Adds a trial to the ledger in a file and gives all that is in it. What a crash left of a line is dropped. */
export async function addTrial(path: string, trial: Trial): Promise<readonly Trial[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const trials = [...readTrials(whole), trial];
  await writeWhole(path, async (write) => write(`${whole}${jsonText(trial)}`));
  return trials;
}
