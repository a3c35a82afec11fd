import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type McpScorer, mcpScorer } from '../../src/mcp/scorer/mcp-scorer.js';
import { folderOf } from '../cli/ems.js';
import { signalOf } from './market.js';

function scorerOf(command: readonly string[]): McpScorer {
  const scorer = mcpScorer({ command, deadlineMs: 20_000, connectMs: 20_000 });
  onTestFinished(() => scorer.close());
  return scorer;
}

/** A program that writes its process down, and how to ask after it. */
function program(way: string) {
  const memory = join(folderOf({}), 'memory');
  return {
    memory,
    command: [process.execPath, 'test/mcp/own-program.mjs', memory, way],
    isRunning(): boolean {
      try {
        return process.kill(Number(readFileSync(memory, 'utf8')), 0);
      } catch {
        return false;
      }
    },
  };
}

describe('a program', () => {
  test('that is closed has time to say goodbye', async () => {
    const { command, memory } = program('polite');
    const scorer = scorerOf(command);
    await scorer.reconnect();
    await scorer.close();
    expect(readFileSync(memory, 'utf8')).toBe('goodbye');
  });

  test('that heeds neither the end of its input nor being asked to end is ended', async () => {
    const { command, isRunning } = program('heedless');
    const scorer = scorerOf(command);
    await scorer.reconnect();
    expect(isRunning()).toBe(true);
    await scorer.close();
    await expect.poll(isRunning, { timeout: 10_000 }).toBe(false);
  });

  test('that does not answer is ended, though it heeds no end of its input', async () => {
    const { memory, isRunning } = program('silent');
    const script = `require('fs').writeFileSync(${JSON.stringify(memory)}, String(process.pid)); setInterval(() => {}, 9e4)`;
    const scorer = scorerOf([process.execPath, '-e', script]);
    const refused = expect(scorer.review([signalOf('A/USDT')])).rejects.toThrow();
    await expect.poll(() => existsSync(memory), { timeout: 10_000 }).toBe(true);
    await scorer.close();
    await refused;
    // Sooner than the protocol's client would lose its patience.
    await expect.poll(isRunning, { timeout: 1_500 }).toBe(false);
  });

  test('that is closed while it is being started is ended at once', async () => {
    const scorer = scorerOf(program('heedless').command);
    const refused = expect(scorer.review([signalOf('A/USDT')])).rejects.toThrow('closed');
    await scorer.close();
    await refused;
    const isWatched = (): boolean => process.getActiveResourcesInfo().includes('ProcessWrap');
    await expect.poll(isWatched, { timeout: 1_500 }).toBe(false);
  });

  // On Windows a program has no group that could be told.
  test.skipIf(process.platform === 'win32')(
    'that another has started, as npx does, is ended with it',
    async () => {
      const { command, isRunning } = program('heedless');
      const scorer = scorerOf(['/bin/sh', '-c', '"$@"; true', 'sh', ...command]);
      await scorer.reconnect();
      expect(isRunning()).toBe(true);
      await scorer.close();
      await expect.poll(isRunning, { timeout: 10_000 }).toBe(false);
    },
  );

  test.skipIf(process.platform === 'win32')(
    'that cannot be started because too many files are open is an error like others',
    async () => {
      const script = 'ulimit -n 128; exec "$@"';
      const args = [process.execPath, '--import', 'tsx', 'test/mcp/descriptors-away.ts'];
      const { stdout } = await promisify(execFile)('/bin/sh', ['-c', script, 'sh', ...args]);
      expect(stdout).toMatch(/^network cannot connect: "spawn .* EMFILE"\n$/);
    },
  );
});
