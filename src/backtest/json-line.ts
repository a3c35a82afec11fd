import { quote, ScannerError } from '../errors.js';

/** One line of a file that holds a JSON object a line. */
export interface JsonLine {
  /** The file and what a line of it is, as messages name them. */
  readonly file: string;
  readonly what: string;
  /** Counted from 0. */
  readonly index: number;
}

/**
 * Reads one line.
 *
 * @throws ScannerError `bad_data` naming the line, when it is not JSON or not what a line of the file is.
 */
export function readJsonLine<T>(
  line: string,
  isWanted: (value: unknown) => value is T,
  { file, what, index }: JsonLine,
): T {
  try {
    const value: unknown = JSON.parse(line);
    if (isWanted(value)) return value;
  } catch {
    // Said below, with the line.
  }
  throw new ScannerError(
    'bad_data',
    `${file} line ${index + 1} must be ${what} as JSON, was ${quote(line)}`,
  );
}
