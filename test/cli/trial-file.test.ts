import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Trial } from '../../src/backtest/trial-ledger.js';
import { addTrial } from '../../src/cli/trial-file.js';
import { folderOf } from './ems.js';

test('runs that end at once all count as trials', async () => {
  const path = join(folderOf({}), 'trials.ndjson');
  const trials = Array.from({ length: 12 }, (_, i): Trial => {
    return { triedAt: i, settings: `s${i}`, data: 'd', from: 0, to: 1, trades: 0, netBps: 0 };
  });
  await Promise.all(trials.map((trial) => addTrial(path, trial)));
  const last = { ...trials[0], settings: 'last' };
  const known = await addTrial(path, last);
  expect(known).toHaveLength(13);
  expect(new Set(known)).toEqual(new Set([...trials, last]));
});
