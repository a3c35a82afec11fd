/** Adds signals to the journal that is named until one cannot be written, and tells how many were, and why no more. */
import { SignalJournal } from '../../../src/backtest/journal/journal-file.js';
import { aSignal } from './entries.js';

await using journal = await SignalJournal.open(process.argv[2]);
for (let time = 0; ; time++) {
  try {
    await journal.add([aSignal({ time })]);
  } catch (error) {
    process.stdout.write(JSON.stringify({ kept: time, message: (error as Error).message }));
    break;
  }
}
