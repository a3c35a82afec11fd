import type { ExitCode } from './exit-code.js';
import type { Terminal } from './terminal.js';

/** What a command is given to work with. */
export interface Context {
  readonly terminal: Terminal;
  /** Aborts when the user interrupts. */
  readonly signal: AbortSignal;
  /** Environment variables that hold settings. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the shell will learn; a command sets it before it returns. */
  exitCode: ExitCode;
}
