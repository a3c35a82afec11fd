import picocolors from 'picocolors';
import type { TextStyle } from '../report/style.js';

/** Where a run writes, and what its output can show. The one place of the command line that touches the process. */
export interface Terminal extends TextStyle {
  /** Results, and nothing else. Resolves when a reader that is slow has taken them. */
  print(text: string): Promise<void>;
  /** Warnings and errors. */
  warn(line: string): void;
  /** Whether stderr is watched by a human: progress is drawn only then. */
  readonly interactive: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_WIDTH = 100;
// A narrower terminal breaks our lines by itself.
const MIN_WIDTH = 80;

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  const env: Environment = process.env;
  const { TERM } = env;
  return {
    print: (text) => new Promise((resolve) => stdout.write(text, () => resolve())),
    warn: (line) => stderr.write(`${line}\n`),
    interactive: stderr.isTTY === true && TERM !== 'dumb',
    colors: picocolors.createColors(wantsColor(env, stdout.isTTY === true)),
    // In a pipe to a pager the terminal is still there, on stderr.
    width: tableWidth(env, stdout.columns ?? stderr.columns),
  };
}

/** Prints each text on a line of its own. */
export function printLines(terminal: Terminal, lines: readonly string[]): Promise<void> {
  return terminal.print(lines.map((line) => `${line}\n`).join(''));
}

/** `NO_COLOR` and `FORCE_COLOR` decide where they are set, in this order; otherwise a terminal gets colour and a pipe none. */
export function wantsColor(env: Environment, isTerminal: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal && TERM !== 'dumb';
}

function tableWidth({ COLUMNS }: Environment, columns: number | undefined): number {
  const width = columns ?? Number(COLUMNS);
  return Number.isInteger(width) && width > 0 ? Math.max(width, MIN_WIDTH) : DEFAULT_WIDTH;
}
