import { describe, expect, onTestFinished, test } from 'vitest';
import { serveScanner } from '../../src/mcp/scanner-server/serve-scanner.js';
import { scannerWith } from '../mcp/market.js';
import { binOf, type Ended, ended, NODE_22 } from './other-programs.js';

/** Those that judge a server by what it is; the others want tools that exist for the suite alone. */
const SERVER_SCENARIOS = [
  'server-initialize',
  'server-session-lifecycle',
  'dns-rebinding-protection',
  'caching',
  'http-header-validation',
  'sep-2164-resource-not-found',
  'tools-list',
  'resources-list',
  'prompts-list',
  'ping',
];

/** Those about what our client does; the others are about OAuth and forms, which it declares it has not. */
const CLIENT_SCENARIOS = [
  'initialize',
  'tools_call',
  'sse-retry',
  'request-metadata',
  'http-standard-headers',
  'http-invalid-tool-headers',
  'json-schema-ref-no-deref',
];

function conformance(...args: readonly string[]): Promise<Ended> {
  return ended(NODE_22, [binOf('conformance'), ...args]);
}

describe('the conformance suite', () => {
  test.each(SERVER_SCENARIOS)('finds the scanner server conforming: %s', async (scenario) => {
    await using scanner = scannerWith();
    const service = await serveScanner({ scanner, port: 0 });
    onTestFinished(() => service.close());
    const { code, output } = await conformance(
      'server',
      '--url',
      service.url,
      '--scenario',
      scenario,
    );
    expect(output).toMatch(/Passed: [1-9]/);
    expect(code).toBe(0);
  });

  // The suite times how soon a client returns, which other work on the machine can hold up.
  test.each(CLIENT_SCENARIOS)(
    'finds the scorer’s client conforming: %s',
    { retry: 2 },
    async (scenario) => {
      const command = `${process.execPath} --import tsx test/interop/conformance-client.ts`;
      const { code, output } = await conformance(
        'client',
        '--command',
        command,
        '--scenario',
        scenario,
      );
      expect(output).toMatch(/Passed: [1-9]/);
      expect(code).toBe(0);
    },
  );
});
