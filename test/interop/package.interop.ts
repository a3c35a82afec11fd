import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { packedIn } from '../package/packed.js';
import { ended, temporaryFolder } from './other-programs.js';

test('the package, installed in an empty folder, serves the scanner, and its stdout holds the protocol alone', async () => {
  const { path } = await packedIn(join(temporaryFolder(), 'build'));
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const install = await ended('npm', ['install', '--no-audit', '--no-fund', path], folder);
  expect(install).toMatchObject({ code: 0 });

  const server = spawn('npx', ['ems', 'mcp'], { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] });
  onTestFinished(() => void server.kill());
  const client = { clientInfo: { name: 'test', version: '1' }, capabilities: {} };
  const sent = [
    { id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', ...client } },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/list' },
    { id: 3, method: 'tools/call', params: { name: 'scan_markets', arguments: { limit: 1 } } },
  ];
  for (const each of sent) server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...each })}\n`);
  const answers = new Map<number, { result: Record<string, unknown> }>();
  for await (const line of createInterface(server.stdout)) {
    const message = JSON.parse(line);
    expect(message.jsonrpc).toBe('2.0');
    answers.set(message.id, message);
    if (answers.size === 3) server.stdin.end();
  }
  expect(answers.get(2)?.result['tools']).toContainEqual(
    expect.objectContaining({ name: 'scan_markets' }),
  );
  expect(answers.get(3)?.result).not.toHaveProperty('isError', true);
}, 300_000);
