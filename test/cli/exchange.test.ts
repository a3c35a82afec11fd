import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { HUNG } from '../stand-in-exchange/misbehaviour.js';
import { StandInExchange } from '../stand-in-exchange/stand-in-exchange.js';
import { ems, folderOf } from './ems.js';

const BITGET = ['--source', 'ccxt:bitget'];

function start(): Promise<StandInExchange> {
  return StandInExchange.start({ exchange: 'bitget', symbols: 3, now: Date.now });
}

describe('ems plan --source ccxt:bitget', () => {
  test('says what a scan will cost, and asks for no candle', async () => {
    await using standIn = await start();
    const args = ['plan', ...BITGET, '--base-url', standIn.baseUrl, '--min-volume', '0'];
    const { code, stdout, stderr } = await ems([
      ...args,
      '--symbols',
      'BTC/USDT:USDT,ETH/USDT:USDT',
    ]);
    expect(stderr).toBe('');
    expect(stdout).toContain('2 symbols to analyse');
    expect(stdout).toContain('The first scan: 12 requests, about');
    expect(stdout).toContain('order books 2, trades 2');
    const rest = await ems([...args, '--symbols', 'BTC/USDT:USDT,ETH/USDT:USDT', '--no-streams']);
    expect(rest.stdout).toContain('The first scan: 22 requests, about');
    expect(rest.stdout).toContain('candles 10, order books 2, trades 2');
    expect(code).toBe(0);
    expect(standIn.count('candles') + standIn.count('merge-depth')).toBe(0);
  });
});

describe('ems watch --source ccxt:bitget', () => {
  const WATCH = ['watch', ...BITGET, '--min-volume', '0', '--timeframes', '1m,5m'];

  test('follows its streams: after the first report it asks for tickers, trades and books', async () => {
    await using standIn = await start();
    const settings = { maxSpreadBps: 10_000, minChange24h: 0, orderBookDepth: 15 };
    const config = join(folderOf({ 'open.json': JSON.stringify(settings) }), 'open.json');
    const args = [...WATCH, '--base-url', standIn.baseUrl, '--config', config];
    const { code, stdout, stderr } = await ems([
      ...args,
      '--every',
      '1s',
      '--count',
      '3',
      '--json',
    ]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const reports = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(reports.map(({ scanned }) => scanned)).toEqual([3, 3, 3]);
    // Every candle came with its subscription; a minute may end meanwhile, and its candle be late.
    expect(standIn.count('candles')).toBeLessThanOrEqual(3);
    expect(standIn.count('tickers')).toBe(3);
    expect(standIn.count('fills')).toBe(9);
    expect(standIn.count('merge-depth')).toBeLessThan(9);
    expect(standIn.worstWindow).toBeLessThanOrEqual(1);
  });

  test('without streams asks for the newest candles alone after the first report', async () => {
    await using standIn = await start();
    const args = [...WATCH, '--base-url', standIn.baseUrl, '--no-streams'];
    const { code, stderr } = await ems([...args, '--every', '1s', '--count', '3', '--json']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    // Two series of three symbols, and a tail of each where a minute ends meanwhile.
    expect(standIn.count('candles')).toBeLessThanOrEqual(6 + 3);
    expect(standIn.streams.connections).toEqual([]);
  });

  test('reports on a candle that closes', async () => {
    const { code, stdout } = await ems([
      ...['watch', '--on', '1h', '--pace', '0', '--count', '3', '--json'],
      ...['--symbols', 'BTC/USDT', '--timeframes', '15m,1h', '--at', '2024-06-01T00:20Z'],
    ]);
    expect(code).toBe(0);
    const moments = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).asOf);
    const hour = Date.UTC(2024, 5, 1);
    expect(moments).toEqual([hour + 1_200_000, hour + 3_600_000, hour + 7_200_000]);
  });
});

describe('ems scan --source ccxt:bitget', () => {
  test('scans an exchange through the real ccxt client', async () => {
    await using standIn = await start();
    const args = ['scan', ...BITGET, '--base-url', standIn.baseUrl, '--min-volume', '0', '--json'];
    const { code, stdout, stderr } = await ems([...args, '--timeframes', '15m,1h']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    const seen = [...report.signals, ...report.rejections].map(({ symbol }) => symbol);
    expect(seen.sort()).toEqual(['BTC/USDT:USDT', 'CYTIS/USDT:USDT', 'ETH/USDT:USDT']);
    expect(standIn.worstWindow).toBeLessThanOrEqual(1);
  });

  test('keeps credentials of the environment to itself', async () => {
    await using standIn = await start();
    const env = {
      BITGET_API_KEY: 'canary-key',
      BITGET_API_SECRET: 'canary-secret',
      BITGET_API_PASSWORD: 'canary-word',
    };
    const args = [
      'scan',
      ...BITGET,
      '--base-url',
      standIn.baseUrl,
      '--symbols',
      'BTC/USDT:USDT',
      '--json',
    ];
    const { stdout, stderr } = await ems(args, env);
    expect(JSON.parse(stdout).scanned).toBe(1);
    expect(stdout + stderr).not.toContain('canary');
    const signed = standIn.requests.filter(({ headers }) => 'access-sign' in headers);
    expect(signed).toEqual([]);
  });

  test('without a network is one sentence and exit code 4', async () => {
    const { code, stdout, stderr } = await ems([
      'scan',
      ...BITGET,
      '--base-url',
      'http://127.0.0.1:9',
    ]);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^ems: bitget could not be reached: .*\n$/);
    expect(code).toBe(4);
  });

  test('against a server that never answers gives up within ten seconds', async () => {
    await using standIn = await start();
    standIn.misbehave('/', HUNG);
    const before = performance.now();
    const { code, stderr } = await ems(['scan', ...BITGET, '--base-url', standIn.baseUrl]);
    expect(performance.now() - before).toBeLessThan(10_000);
    expect(stderr).toBe('ems: asking bitget for its time must finish within 4000 ms\n');
    expect(code).toBe(4);
  });

  test('without ccxt says what to install', async () => {
    const hook = `export async function resolve(specifier, context, next) {
      if (specifier !== 'ccxt') return next(specifier, context);
      throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    }`;
    const folder = folderOf({
      'hook.mjs': hook,
      'register.mjs':
        "import { register } from 'node:module'; register('./hook.mjs', import.meta.url);",
    });
    const { href } = pathToFileURL(`${folder}/register.mjs`);
    const { code, stderr } = await ems(['scan', ...BITGET], { NODE_OPTIONS: `--import ${href}` });
    expect(stderr).toBe(
      'ems: exchanges need the package ccxt, which is not installed: npm install ccxt\n',
    );
    expect(code).toBe(4);
  });
});

describe('ems record --source ccxt:bitget', () => {
  test('keeps a live scan that replays without the exchange, and two of them say what moved', async () => {
    let aheadMs = 0;
    const files = ['before.capsule', 'after.capsule'].map((name) => join(folderOf({}), name));
    const printed: string[] = [];
    {
      await using standIn = await StandInExchange.start({
        ...{ exchange: 'bitget', symbols: 3, now: () => Date.now() + aheadMs },
      });
      for (const file of files) {
        const args = ['record', file, ...BITGET, '--base-url', standIn.baseUrl];
        const { code, stdout, stderr } = await ems([...args, '--min-volume', '0', '--json']);
        expect(stderr).toBe('');
        expect(code).toBe(0);
        printed.push(stdout);
        aheadMs += 4 * 3_600_000;
      }
    }
    const replayed = await ems(['replay', files[0], '--json']);
    expect(replayed.stdout === printed[0]).toBe(true);
    const { code, stdout } = await ems(['diff', ...files]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/USDT:USDT/);
    expect(stdout).toMatch(/[+-]0\.\d{6} \w+/);
  });
});
