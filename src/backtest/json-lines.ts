import { quote, ScannerError } from '../errors.js';

/** What a file of JSON objects, one a line, holds. */
export interface LineKind<T> {
  /** The file and what a line of it is, as messages name them. */
  readonly file: string;
  readonly what: string;
  readonly isLine: (value: unknown) => value is T;
}

/** What lines say. */
export interface JsonLines<T> {
  readonly values: readonly T[];
  /** Lines of which a crash or a full disk left only the beginning. */
  readonly torn: number;
}

/**
 * Reads whole lines.
 *
 * A line that begins as an object and is not JSON was cut short: it says nothing, and costs only itself. Empty lines say nothing
 * either.
 *
 * @param read - How many lines were read before these; messages count on.
 * @throws ScannerError `bad_data` naming the first line that is not what the file holds.
 */
export function readJsonLines<T>(
  lines: readonly string[],
  { file, what, isLine }: LineKind<T>,
  read = 0,
): JsonLines<T> {
  const values: T[] = [];
  let torn = 0;
  for (const [i, line] of lines.entries()) {
    if (line === '') continue;
    const value = parsed(line);
    if (isLine(value)) values.push(value);
    else if (value === undefined && line.startsWith('{')) torn++;
    else {
      throw new ScannerError(
        'bad_data',
        `${file} line ${read + i + 1} must be ${what} as JSON, was ${quote(line)}`,
      );
    }
  }
  return { values, torn };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
