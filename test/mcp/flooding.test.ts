import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { mcpScorer } from '../../src/mcp/scorer/mcp-scorer.js';
import type { ServerAddress } from '../../src/mcp/scorer/server-address.js';
import { PauseWatch } from './pause-watch.js';
import { WatchedScans } from './watched-scans.js';

const DEADLINE_MS = 400;
const PROGRAM = 'test/mcp/flooding-server.mjs';

const WAYS = ['call', 'listening', 'sse'] as const;

/** A flooding server, and how many floods it runs. */
async function floodingServer(way: string, content: string) {
  const program = spawn(process.execPath, [PROGRAM, way, content], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void program.kill('SIGKILL'));
  const told = { port: 0, floods: 0 };
  const lines = createInterface(program.stdout);
  lines.on('line', (line) => void Object.assign(told, JSON.parse(line)));
  await expect.poll(() => told.port, { timeout: 20_000 }).toBeGreaterThan(0);
  const path = way === 'sse' ? 'sse' : 'mcp';
  return { serverUrl: `http://127.0.0.1:${told.port}/${path}`, told };
}

describe('a server that floods at full speed', () => {
  const scans = new WatchedScans(DEADLINE_MS + 200);
  beforeAll(async () => void (await scans.scan()));
  afterAll(() => scans.close());

  /** Scans until the server is left alone: in time, without a pause, and then without one either. */
  async function expectUnheard(address: ServerAddress): Promise<void> {
    const scorer = mcpScorer({ ...address, deadlineMs: DEADLINE_MS, connectMs: 20_000 });
    onTestFinished(() => scorer.close());
    // Connects, and warms up the code.
    await scorer.reconnect().catch(() => undefined);
    await scans.scan(scorer);
    for (let scan = 0; scan < 5; scan++) {
      const { report, isLate, longestPauseMs } = await scans.scan(scorer);
      expect(report.ai).toBe('unavailable');
      for (const { score, baseScore } of report.signals) expect(score).toBe(baseScore);
      expect(isLate).toBe(false);
      expect(longestPauseMs).toBeLessThan(50);
    }
    expect(scorer.health()).toEqual(['open']);
    const watch = new PauseWatch();
    await delay(200);
    expect(watch.end().longestPauseMs).toBeLessThan(50);
  }

  describe.each(WAYS)('by HTTP (%s)', (way) => {
    test.each(['progress', 'messages that are none'])(
      'with %s holds up nothing, and is cut off',
      async (content) => {
        const { serverUrl, told } = await floodingServer(way, content);
        await expectUnheard({ serverUrl });
        await expect.poll(() => told.floods).toBe(0);
      },
    );
  });

  test.each(['changes of its tools', 'empty lines'])(
    'by stdout with %s holds up nothing, and is ended',
    async (content) => {
      await expectUnheard({ command: [process.execPath, PROGRAM, 'stdout', content] });
    },
  );
});
