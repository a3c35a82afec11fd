import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, onTestFinished, test } from 'vitest';
import { folderOf } from '../cli/ems.js';
import { fencesOf } from '../docs/pages.js';

const PAGE = 'docs/how-to/ai.md';
const fences = fencesOf({ path: PAGE, text: readFileSync(PAGE, 'utf8') });

interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

/** The one piece of code on the page that holds a word. */
function codeWith(word: string): string {
  const found = fences.filter(({ code }) => code.includes(word));
  expect(found.map(({ line }) => line)).toHaveLength(1);
  return found[0].code;
}

const HOSTS: readonly [string, () => Program][] = [
  ['Claude Desktop', () => JSON.parse(codeWith('"mcpServers"')).mcpServers.scanner],
  [
    'Claude Code',
    () => {
      const [, ours] = codeWith('claude mcp add').trim().split(' -- ');
      const [command, ...args] = ours.split(' ');
      return { command, args };
    },
  ],
  ['VS Code', () => JSON.parse(codeWith('"servers"')).servers.scanner],
];

/** A folder in which the package is installed, as it was built for the tests. */
function folderWithPackage(): string {
  const folder = folderOf({ 'package.json': '{ "private": true }' });
  const bin = join(folder, 'node_modules', '.bin');
  mkdirSync(bin, { recursive: true });
  symlinkSync(resolve('.'), join(folder, 'node_modules', 'enhanced-market-scanner'), 'dir');
  for (const name of ['ems', 'enhanced-market-scanner']) {
    symlinkSync(resolve('dist/bin/ems.js'), join(bin, name));
  }
  return folder;
}

test.each(HOSTS)('the configuration for %s starts a scanner as it is written', async (_, read) => {
  const { command, args } = read();
  expect(args).toContain('mcp');
  // No registry is asked: what is installed has to do.
  const env = { npm_config_offline: 'true', npm_config_update_notifier: 'false' };
  const cwd = folderWithPackage();
  const client = new Client({ name: 'host', version: '1' });
  await client.connect(new StdioClientTransport({ command, args: [...args], cwd, env }));
  onTestFinished(() => client.close());
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toContain('scan_markets');
  const scan = await client.callTool({ name: 'scan_markets', arguments: { limit: 1 } });
  expect(scan.structuredContent).toMatchObject({ signals: [expect.anything()] });
});
