import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

/** What each example says when it does what its first lines promise. */
const SAYS: Readonly<Record<string, readonly RegExp[]>> = {
  'basic-scan.ts': [
    /^\w+\/\w+ (long|short), score 0\.\d{3}: \S/,
    /\nThe market is \w+: \w+, \d+ signals\.\n$/,
  ],
  'live-watch.ts': [
    /^00:00 {2}\d+ signals {2}\+ /,
    /\n00:55 {2}/,
    /\n12 scans, .* 0% of symbols failed\n$/,
  ],
  'custom-provider.ts': [
    /^CLIMB\/USDT is a long of score/,
    /% of the evidence was there: /,
    /no-order-book/,
  ],
  'custom-factor.ts': [
    /^\w+\/\w+ (long|short): .* -> 0\.\d{3}\n/,
    / of the last 24 hours rose, \d+ fell\n/,
  ],
  'custom-scorer.ts': [
    /^\w+\/\w+: 0\.\d{3} -> 0\.\d{3} \(-?0\.\d{3}\)\n/,
    /(with|against) the trend, \w+ risk; the answers differ by \d\.\d\d\n/,
  ],
  'mcp-server.ts': [
    /^tools: scan_markets, .*\n/,
    /the second opinion: applied\n/,
    /\w+\/\w+ (long|short): 0\.\d{3} -> 0\.\d{3}\n/,
  ],
  'trading-bot.ts': [
    /^Round 1, no scanner:\n {2}would go /,
    /\nRound 2, scanner attached:\n {2}would \w+ .* stop /,
    /\nRound 4, /,
  ],
};

test('every example is run', () => {
  const files = readdirSync('examples').filter((name) => name.endsWith('.ts'));
  expect(files.sort()).toEqual(Object.keys(SAYS).sort());
});

test.each(Object.entries(SAYS))(
  '%s ends by itself and tells its story',
  async (file, sentences) => {
    const arguments_ = ['node_modules/tsx/dist/cli.mjs', '--tsconfig', 'examples/tsconfig.json'];
    const { stdout, stderr } = await run(process.execPath, [...arguments_, `examples/${file}`]);
    expect(stderr).toBe('');
    for (const sentence of sentences) expect(stdout).toMatch(sentence);
    expect(stdout).not.toMatch(/NaN|undefined|Infinity/);
  },
);
