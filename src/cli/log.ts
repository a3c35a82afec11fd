import pino from 'pino';
import { ScannerError } from '../errors.js';
import type { Logger } from '../ports/logger.js';
import { printable } from '../report/columns.js';
import type { Terminal } from './terminal.js';

/** How much is told, the most first. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * A logger for a program that runs for long: JSON lines on stderr for a collector, or, where a human watches, a line that reads
 * like one.
 */
export function logTo(terminal: Terminal, level: LogLevel): Logger {
  const write = (line: string): void =>
    terminal.warn(terminal.interactive ? sentence(line) : line.trimEnd());
  const logger = pino(
    {
      level,
      base: null,
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: briefly },
    },
    { write },
  );
  const at =
    (name: Exclude<LogLevel, 'silent'>) =>
    (message: string, details: object = {}): void =>
      logger[name](details, message);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** What went wrong, and the stack only where it is a defect. */
function briefly(error: unknown): unknown {
  if (ScannerError.is(error))
    return { code: error.code, message: error.message, symbol: error.symbol };
  return error instanceof Error ? { message: error.message, stack: error.stack } : error;
}

function sentence(line: string): string {
  const { time, level, message, ...details } = JSON.parse(line) as Record<string, unknown>;
  const rest = Object.entries(details).map(([name, value]) => `${name}=${shown(value)}`);
  return printable(
    `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${[message, ...rest].join(' ')}`,
  );
}

function shown(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return 'message' in value ? String(value.message) : JSON.stringify(value);
}
