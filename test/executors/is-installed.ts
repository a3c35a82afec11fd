import { execFileSync } from 'node:child_process';

/** Whether a program can be run here. */
export function isInstalled(program: string, ...flags: readonly string[]): boolean {
  try {
    execFileSync(program, flags, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
