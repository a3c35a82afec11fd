import { describe, expect, onTestFinished, test } from 'vitest';
import { serveAnalyst } from '../../src/mcp/analyst/serve-analyst.js';
import { EMS } from '../cli/ems.js';
import { climb } from '../mcp/market.js';
import { binOf, type Ended, ended } from './other-programs.js';

const ERAS = ['legacy', 'modern'] as const;

function inspector(...args: readonly string[]): Promise<Ended> {
  return ended(process.execPath, [binOf('mcp-inspector'), '--cli', ...args]);
}

async function analyst(token?: string): Promise<string> {
  const service = await serveAnalyst({ port: 0, token });
  onTestFinished(() => service.close());
  return service.url;
}

describe('the Inspector', () => {
  test.each([
    ['ems mcp', ['mcp']],
    ['ems analyst', ['analyst', '--stdio']],
  ])('finds nothing to warn of in the tools of %s over stdio', async (_, args) => {
    const { code, output } = await inspector(
      process.execPath,
      EMS,
      ...args,
      '--method',
      'tools/list',
      '--strict',
      '-q',
    );
    expect(output).not.toMatch(/^(warning|error)/im);
    expect(code).toBe(0);
  });

  describe.each(ERAS)('in the %s era over HTTP', (era) => {
    const http = ['--transport', 'http', '--protocol-era', era, '--format', 'json'];

    test('lists and calls the tools of the analyst', async () => {
      const url = await analyst();
      const listed = await inspector(url, ...http, '--method', 'tools/list', '--strict', '-q');
      expect(listed.code).toBe(0);
      const question = { symbol: 'BTC/USDT', timeframe: '1h', closes: climb() };
      const call = ['--method', 'tools/call', '--tool-name', 'market_analysis', '--tool-args-json'];
      const called = await inspector(url, ...http, ...call, JSON.stringify(question));
      expect(called.code).toBe(0);
      expect(called.output).toContain('"engine"');
      // 5 says that the tool answered with an error.
      const wrong = await inspector(
        url,
        ...http,
        ...call,
        JSON.stringify({ ...question, symbol: '<b>' }),
      );
      expect(wrong.code).toBe(5);
    });

    test('is kept out without the token, and from a foreign origin', async () => {
      const list = ['--method', 'tools/list'];
      // 3 says that it was not let in.
      expect((await inspector(await analyst('secret'), ...http, ...list)).code).toBe(3);
      const foreign = ['--header', 'Origin: https://evil.example'];
      expect((await inspector(await analyst(), ...http, ...foreign, ...list)).code).toBe(3);
    });

    test('makes 500 calls, 16 at once, without a failure', async () => {
      const question = { symbol: 'BTC/USDT', timeframe: '1h', closes: climb() };
      const { code, stdout } = await inspector(
        ...[await analyst(), ...http, '--method', 'tools/call', '--tool-name', 'market_analysis'],
        ...['--tool-args-json', JSON.stringify(question)],
        ...['--load', '--load-requests', '500', '--load-concurrency', '16'],
      );
      expect(code).toBe(0);
      const { requests, ok } = JSON.parse(stdout).result;
      expect({ requests, ok }).toEqual({ requests: 500, ok: 500 });
    });
  });
});
