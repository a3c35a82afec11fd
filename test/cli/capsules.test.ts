import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveAnalyst } from '../../src/mcp/analyst/serve-analyst.js';
import { ems } from './ems.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ems-capsules-'));
});
afterAll(() => rm(folder, { recursive: true }));

const AT = ['--source', 'synthetic:7', '--at'];

describe('capsules on the command line', () => {
  test('replay prints what record printed, byte for byte', async () => {
    const file = join(folder, 'one.capsule');
    const recorded = await ems(['record', file, ...AT, '2024-05-01', '--json']);
    const replayed = await ems(['replay', file, '--json']);
    expect(recorded.code).toBe(0);
    expect(replayed.stdout === recorded.stdout).toBe(true);
  });

  test('replay has what an AI scorer said, though it is gone', async () => {
    const file = join(folder, 'reviewed.capsule');
    const record = async () => {
      await using analyst = await serveAnalyst({ port: 0 });
      const env = { MCP_SERVER_URL: analyst.url, MCP_SERVER_TOKEN: 'canary-of-the-analyst' };
      return await ems(['record', file, ...AT, '2024-05-01', '--json'], env);
    };
    const recorded = await record();
    expect(JSON.parse(recorded.stdout).ai).toBe('applied');
    const replayed = await ems(['replay', file, '--json']);
    expect(replayed.stdout === recorded.stdout).toBe(true);
    const capsule = gunzipSync(await readFile(file)).toString();
    expect(capsule).toContain('rationale');
    expect(capsule + recorded.stdout + recorded.stderr).not.toContain('canary');
  });

  test('record refuses what would leave the capsule without answers', async () => {
    const file = join(folder, 'none.capsule');
    const { code, stderr } = await ems(['record', file, '--fleet', 'redis://127.0.0.1:9']);
    expect(stderr).toBe('ems: --fleet goes with ems scan: a recording is of one process alone\n');
    expect(code).toBe(2);
  });

  test('diff names what moved each rank', async () => {
    const files = [join(folder, 'a.capsule'), join(folder, 'b.capsule')];
    await ems(['record', files[0], ...AT, '2024-05-01T00:00Z']);
    await ems(['record', files[1], ...AT, '2024-05-01T01:00Z']);
    const { stdout, code } = await ems(['diff', ...files]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\S+\/USDT (rank \d+ to \d+|stays at rank \d+|came in|left from)/m);
    expect(stdout).toMatch(/^ {2}[+-]0\.\d{6} (trend|momentum|volume)$/m);
    expect((await ems(['diff', files[0], files[0]])).stdout).toBe('no score and no rank changed\n');
  });

  test('a file that is no capsule is refused in one sentence', async () => {
    const { stderr, code } = await ems(['replay', join(folder, 'absent.capsule')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^ems: the capsule ".*" does not exist\n$/);
  });
});
