import { JsonLineFile } from '../backtest/json-line-file.js';
import { TRIAL_LEDGER, type Trial } from '../backtest/trial-ledger.js';

/** Adds a trial to the ledger in a file and gives all that is in it, those of other runs among them. */
export async function addTrial(path: string, trial: Trial): Promise<readonly Trial[]> {
  await using ledger = await JsonLineFile.open(path, TRIAL_LEDGER);
  await ledger.append(() => [trial]);
  return ledger.values;
}
