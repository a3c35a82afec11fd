import { access } from 'node:fs/promises';
import { SignalJournal } from '../backtest/journal/journal-file.js';
import { quote, ScannerError } from '../errors.js';
import { EXIT, Refusal } from './exit-code.js';

/** Opens the journal of `--journal`. */
export function openJournal(path: string): Promise<SignalJournal> {
  return SignalJournal.open(path).catch((error: unknown) => {
    throw ScannerError.is(error) ? new Refusal(EXIT.usage, error.message) : error;
  });
}

/** Opens a journal that there must be: nothing can be learned from one that was mistyped. */
export async function openKeptJournal(path: string): Promise<SignalJournal> {
  await access(path).catch(() => {
    const told = `--journal takes a file that ems scan --journal has kept, ${quote(path)} does not exist`;
    throw new Refusal(EXIT.usage, told);
  });
  return openJournal(path);
}
