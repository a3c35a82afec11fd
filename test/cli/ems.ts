import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export const EMS = 'dist/bin/ems.js';

/** What a finished process left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line as a process of its own, without the settings of whoever runs the tests. */
export function ems(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  return run(process.execPath, [EMS, ...args], env);
}

/** Runs a line of shell in which `ems` is the built command line. */
export function shell(line: string, env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const script = `set -o pipefail; ems() { "${process.execPath}" ${EMS} "$@"; }; ${line}`;
  return run('bash', ['-c', script], env);
}

/** Starts the command line and interrupts it, as Ctrl-C does, once it has written something. */
export function interrupted(args: readonly string[]): Promise<Finished> {
  return run(process.execPath, [EMS, ...args], {}, true);
}

function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  interrupt = false,
): Promise<Finished> {
  const { PATH } = process.env;
  const child = spawn(command, args, { env: { PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
    if (interrupt) child.kill('SIGINT');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, ...output }));
  });
}

/** A folder with these files, gone when the test is over. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'ems-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const HEADER = 'timestamp,open,high,low,close,volume';

/** A CSV file of hourly candles that climb and fall back, until 2024-05-01. */
export function hourlyCsv(candles = 800): string {
  const end = Date.UTC(2024, 4, 1);
  const rows = Array.from({ length: candles }, (_, index) => {
    const open = 100 + index * 0.05 + 4 * Math.sin(index / 9);
    const close = 100 + (index + 1) * 0.05 + 4 * Math.sin((index + 1) / 9);
    const time = end - (candles - index) * 3_600_000;
    const prices = [open, Math.max(open, close) + 0.3, Math.min(open, close) - 0.3, close];
    return [time, ...prices.map((price) => price.toFixed(2)), 5000 + (index % 24) * 10].join(',');
  });
  return `${[HEADER, ...rows].join('\n')}\n`;
}
