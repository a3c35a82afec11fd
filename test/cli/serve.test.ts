import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { EMS, ems, folderOf } from './ems.js';

const SMALL = ['--timeframes', '15m,1h', '--interval', '1s', '--port', '0'];

interface Serving {
  readonly child: ChildProcess;
  readonly url: string;
  readonly stderr: () => string;
  /** The exit code, once it has ended. */
  readonly ended: Promise<number | null>;
}

/** Starts `ems serve` and waits until it answers. */
async function serving(
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Serving> {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [EMS, 'serve', ...SMALL, ...args], {
    env: { PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      const found = /answers on (\S+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(text)));
  });
  return { child, url, stderr: () => text, ended };
}

/** Asks until the service is ready. */
async function untilReady(url: string): Promise<void> {
  while (!(await fetch(`${url}/ready`)).ok) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('ems serve', () => {
  test('scans, answers, and ends by SIGTERM with a request under way', async () => {
    const { child, url, stderr, ended } = await serving();
    await untilReady(url);
    const { signals } = (await (await fetch(`${url}/api/signals`)).json()) as { signals: object[] };
    expect(signals.length).toBeGreaterThan(0);
    const [, scan] = /^(\{.*"scan ended".*\})$/m.exec(stderr()) ?? [];
    expect(JSON.parse(scan ?? '{}')).toMatchObject({
      level: 'info',
      failed: 0,
      symbols: expect.any(Number),
    });
    const healthy = await ems(['health', '--url', url]);
    expect([healthy.code, healthy.stdout]).toEqual([0, expect.stringContaining('"ready":true')]);

    const begin = performance.now();
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(performance.now() - begin).toBeLessThan(5_000);
    expect(stderr()).toContain('ems: the service stops');
    const gone = await ems(['health', '--url', url]);
    expect([gone.code, gone.stderr]).toEqual([4, expect.stringContaining('does not answer')]);
  });

  test('takes its token from a file', async () => {
    const folder = folderOf({ token: 'of-a-file\n' });
    const { url } = await serving(['--host', '0.0.0.0'], { EMS_TOKEN_FILE: join(folder, 'token') });
    const local = url.replace('0.0.0.0', '127.0.0.1');
    expect((await fetch(`${local}/metrics`)).status).toBe(401);
    const headers = { authorization: 'Bearer of-a-file' };
    expect((await fetch(`${local}/metrics`, { headers })).status).toBe(200);
  });

  test.each([
    [['--host', '0.0.0.0'], {}, 'a service on 0.0.0.0 needs a token'],
    [[], { EMS_TOKEN_FILE: '/nowhere' }, 'EMS_TOKEN_FILE must name a readable file (ENOENT)'],
    [['--symbols', 'BTC/USTD'], {}, 'BTC/USTD'],
    [['--log-level', 'loud'], {}, "argument 'loud' is invalid"],
    [[], { SCAN_INTERVAL: 'soon' }, 'SCAN_INTERVAL must be a number of seconds above 0'],
  ])('refuses %j with %j in one sentence', async (args, env, sentence) => {
    const { code, stderr } = await ems(['serve', ...SMALL, ...args], env);
    expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('ems health of a worker', () => {
  const now = Date.now();

  test.each([
    ['whose last batch is recent', { at: now, finishedAt: now - 20_000 }, 0],
    ['whose last batch is too old', { at: now, finishedAt: now - 400_000 }, 4],
    ['that stands still', { at: now - 60_000, finishedAt: now - 61_000 }, 4],
    ['that has had no batch yet', { at: now }, 4],
  ])('%s', async (_, beat, expected) => {
    const folder = folderOf({});
    const path = join(folder, 'beat');
    writeFileSync(path, JSON.stringify(beat));
    expect((await ems(['health', '--heartbeat', path])).code).toBe(expected);
  });

  test('that has not begun', async () => {
    const { code, stderr } = await ems(['health', '--heartbeat', '/nowhere/beat']);
    expect([code, stderr]).toEqual([4, 'ems: the worker has not begun\n']);
  });
});

test('ems fleet status takes the fleet from EMS_FLEET, and says that it needs one', async () => {
  const without = await ems(['fleet', 'status']);
  expect([without.code, without.stderr]).toEqual([
    2,
    'ems: the URL of the fleet is taken from --fleet or EMS_FLEET\n',
  ]);
  const away = await ems(['fleet', 'status'], { EMS_FLEET: 'redis://127.0.0.1:9' });
  expect([away.code, away.stderr]).toEqual([4, expect.stringContaining('Redis is away')]);
});

test('ems worker says that it needs a fleet', async () => {
  const { code, stderr } = await ems(['worker']);
  expect([code, stderr]).toEqual([
    2,
    'ems: a worker takes the URL of its fleet by --fleet or EMS_FLEET\n',
  ]);
});
