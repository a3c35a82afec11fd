import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ems, folderOf, hourlyCsv } from './ems.js';

const COMMANDS = ['scan', 'watch', 'explain', 'universe', 'summary'] as const;

describe('help', () => {
  test('names every command and goes to stdout', async () => {
    const { code, stdout, stderr } = await ems(['--help']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    for (const command of COMMANDS) expect(stdout).toContain(`\n  ${command}`);
  });

  test.each(COMMANDS)('of %s teaches by examples, units and exit codes', async (command) => {
    const { code, stdout } = await ems([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`$ ems ${command}`);
    expect(stdout).toContain('Units:');
    expect(stdout).toContain('Exit codes:');
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  test('without a command is help on stderr, for nothing was done', async () => {
    const { code, stdout, stderr } = await ems([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: ems');
  });

  test('the version is that of the package', async () => {
    const { version } = (await import('../../package.json', { with: { type: 'json' } })).default;
    expect(await ems(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('bad usage ends with 2 and one sentence that says what was expected and what was found', () => {
  test.each([
    ['scan --sorce synthetic', "unknown option '--sorce' (Did you mean --source?)"],
    ['scna', "unknown command 'scna' (Did you mean scan?)"],
    ['scan --limit', "option '--limit <count>' argument missing"],
    ['explain', "missing required argument 'symbol'"],
    ['scan --json --ndjson', "option '--json' cannot be used with option '--ndjson'"],
    ['scan --limit none', '--limit takes a whole number from 1 up, was "none"'],
    [
      'scan --at 2024-02-31',
      '--at takes an ISO date such as 2024-05-01T00:00:00Z, or epoch milliseconds such as 1714521600000, was "2024-02-31"',
    ],
    [
      'scan --timeframes 5m,7m',
      '--timeframes takes names out of 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 12h, 1d, 1w, was "7m"',
    ],
    [
      'scan --min-volume lots',
      '--min-volume takes an amount such as 250000, 250k or 1.5m, was "lots"',
    ],
    [
      'scan --source synthetc:1',
      '--source takes synthetic[:SEED], files:DIR or ccxt:NAME, was "synthetc:1"; did you mean synthetic?',
    ],
    [
      'scan --source synthetic:x',
      '--source synthetic:SEED takes a whole number of at most 15 digits, was "x"',
    ],
    ['scan --source files:', '--source files:DIR takes a folder, none was named'],
    [
      'scan --source ccxt:bitget:futures',
      '--source ccxt:NAME takes an exchange, and spot or swap after another colon, was "bitget:futures"',
    ],
    ['scan --source ccxt:bitgte', 'ccxt has no exchange "bitgte"; bitget is one it has'],
    [
      'scan --source ccxt:bitget --base-url ftp://user:secret@host',
      'baseUrl must be an http or https address without credentials, was "ftp://host"',
    ],
    [
      'scan --base-url http://127.0.0.1:1',
      '--base-url goes with --source ccxt:NAME, was with "synthetic"',
    ],
    [
      'scan --symbols BTC/USDT,NOPE/XYZ',
      'a symbol must be one of the source, "NOPE/XYZ" is not: the nearest of its 64 is',
    ],
    [
      'explain ETH/USTD',
      'a symbol must be one of the source, "ETH/USTD" is not: the nearest of its 64 is ETH/USDT',
    ],
  ])('ems %s', async (line, sentence) => {
    const { code, stdout, stderr } = await ems(line.split(' '));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^ems: .*\n$/);
    expect(stderr).toContain(sentence);
  });

  test.each([
    ['{"minScor": 0.3}', 'unknown setting "minScor"; the nearest known one is minScore'],
    ['{"minScore": "high"}', 'minScore: '],
    ['{"minScore": 0.3', 'is not JSON'],
    ['[]', 'holds a list'],
    ['7', 'holds 7'],
  ])('a configuration of %s', async (text, sentence) => {
    const folder = folderOf({ 'ems.json': text });
    const { code, stdout, stderr } = await ems(['scan', '--config', join(folder, 'ems.json')]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^ems: .*\n$/);
    expect(stderr).toContain(sentence);
  });

  test('a configuration file that is not there', async () => {
    const { code, stderr } = await ems(['scan', '--config', 'nowhere/ems.json']);
    expect(code).toBe(2);
    expect(stderr).toBe('ems: --config takes a JSON file, "nowhere/ems.json" does not exist\n');
  });

  test('an environment variable that holds no number', async () => {
    const { code, stderr } = await ems(['scan'], { MIN_VOLUME: 'lots' });
    expect(code).toBe(2);
    expect(stderr).toBe('ems: MIN_VOLUME must be a number not below 0, was "lots"\n');
  });
});

describe('a source without data ends with 4 and one sentence', () => {
  const missing = async (source: string, ...flags: string[]) => {
    const { code, stdout, stderr } = await ems(['scan', '--source', source, ...flags]);
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(/^ems: .*\n$/);
    return stderr;
  };

  test('a folder that does not exist', async () => {
    expect(await missing('files:nowhere')).toContain('"nowhere" is not there');
  });

  test('a file in place of a folder', async () => {
    expect(await missing('files:package.json')).toContain('"package.json" is a file');
  });

  test('a folder without candle files', async () => {
    const folder = folderOf({ 'readme.txt': 'nothing here' });
    expect(await missing(`files:${folder}`)).toContain('must hold candle files such as');
  });

  test('a moment before the first candle', async () => {
    const folder = folderOf({ 'BTC-USDT-1h.csv': hourlyCsv(100) });
    const stderr = await missing(`files:${folder}`, '--at', '2020-01-01');
    expect(stderr).toBe(
      'ems: the source must have a market at 2020-01-01T00:00:00.000Z, it has none\n',
    );
  });
});

test.each([['--journal'], ['--fleet'], ['--address']])(
  'mcp refuses %s, which belongs to commands that scan once, and does not show it',
  async (flag) => {
    const { code, stderr } = await ems(['mcp', flag, 'x']);
    expect(code).toBe(2);
    expect(stderr).toContain(`${flag} is no flag of ems mcp`);
    expect((await ems(['mcp', '--help'])).stdout).not.toContain(flag);
  },
);
