import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

export const INTEROP = resolve('test/interop');

/** Another program's start script. */
export function binOf(name: string): string {
  return join(INTEROP, 'node_modules/.bin', name);
}

/** A Node of 22 or later, which some programs need: this one, or the one installed beside them. */
export const NODE_22 =
  Number(process.versions.node.split('.')[0]) >= 22 ? process.execPath : binOf('node');

/** What a program that ended left behind. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  /** All that it wrote. */
  readonly output: string;
}

/** Runs a program to its end, away from the settings and the home of whoever runs the tests. */
export function ended(command: string, args: readonly string[], cwd?: string): Promise<Ended> {
  const home = temporaryFolder();
  const env = { PATH: process.env['PATH'], HOME: home };
  return new Promise((done) => {
    execFile(command, args, { env, cwd, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code ?? 1);
      done({ code, stdout, output: stdout + stderr });
    });
  });
}

/** Starts a program that serves a port, and waits until somebody listens there. */
export async function listening(
  port: number,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<void> {
  const child = spawn(command, args, {
    env: { PATH: process.env['PATH'], HOME: temporaryFolder(), ...env },
    stdio: 'ignore',
    // A group of its own: what it starts ends with it.
    detached: true,
  });
  onTestFinished(() => endGroup(child));
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}`);
    if (await answers(port)) return;
    await new Promise((again) => setTimeout(again, 50));
  }
}

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((bound) => server.listen(0, '127.0.0.1', bound));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((closed) => server.close(() => closed()));
  return port;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ems-interop-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

async function answers(port: number): Promise<boolean> {
  try {
    // Any answer will do, whatever it says.
    await (
      await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(1_000) })
    ).body?.cancel();
    return true;
  } catch {
    return false;
  }
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
