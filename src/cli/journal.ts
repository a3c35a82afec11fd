import { SignalJournal } from '../backtest/journal/journal-file.js';
import { ScannerError } from '../errors.js';
import { EXIT, Refusal } from './exit-code.js';

/** Opens the journal of `--journal`. */
export function openJournal(path: string): Promise<SignalJournal> {
  return SignalJournal.open(path).catch((error: unknown) => {
    throw ScannerError.is(error) ? new Refusal(EXIT.usage, error.message) : error;
  });
}
