import { describe, expect, test } from 'vitest';
import { baseUrlsOf, nameSources, splitSources } from '../../src/cli/several-sources.js';
import { resolveSymbol } from '../../src/cli/symbol-name.js';
import { StandInExchange } from '../stand-in-exchange/stand-in-exchange.js';
import { ems } from './ems.js';

const EXCHANGES = ['--source', 'ccxt:bitget', '--source', 'ccxt:binanceusdm'];
const OPEN = ['--min-volume', '0', '--timeframes', '5m,15m', '--no-streams'];

describe('several sources', () => {
  test('are told apart by a comma before the kind of the next', () => {
    expect(splitSources('ccxt:bitget,ccxt:kraken:spot,synthetic')).toHaveLength(3);
    expect(splitSources('files:a,b/c')).toEqual(['files:a,b/c']);
    expect(splitSources('synthetic')).toEqual(['synthetic']);
  });

  test.each([
    [
      ['ccxt:bitget', 'ccxt:kraken:spot'],
      ['bitget', 'kraken'],
    ],
    [
      ['ccxt:bitget', 'ccxt:bitget:spot'],
      ['bitget', 'bitget-spot'],
    ],
    [
      ['files:./data/Spot 2024/', 'synthetic:7'],
      ['spot-2024', 'synthetic'],
    ],
    [
      ['synthetic', 'synthetic:2'],
      ['synthetic', 'synthetic-2'],
    ],
  ])('%s give their symbols the venues %s', (sources, venues) => {
    expect(nameSources(sources).map(({ venue }) => venue)).toEqual(venues);
  });

  test('each have an address of their own', () => {
    const named = nameSources(['ccxt:bitget', 'ccxt:kraken:spot']);
    const urls = baseUrlsOf('kraken=http://a:1/?x=1,bitget=http://b:2', named);
    expect([...urls]).toEqual([
      ['kraken', 'http://a:1/?x=1'],
      ['bitget', 'http://b:2'],
    ]);
    expect(() => baseUrlsOf('http://b:2', named)).toThrow('takes bitget=URL or kraken=URL');
  });

  test('let a symbol go without its venue where one alone has it', () => {
    const known = ['here:BTC/USDT', 'there:BTC/USDT', 'there:ETH/USDT'];
    expect(resolveSymbol('eth/usdt', known)).toBe('there:ETH/USDT');
    expect(resolveSymbol('herebtcusdt', known)).toBe('here:BTC/USDT');
    expect(() => resolveSymbol('BTC/USDT', known)).toThrow(
      'it could be here:BTC/USDT or there:BTC/USDT',
    );
  });

  test.each([
    [['--source', 'synthetic,synthetic'], 'was named twice'],
    [['--source', 'synthetic', '--source', 'ccxt:bitget'], 'do not go together'],
    [['--source', 'synthetic,ccxt:'], '--source ccxt:NAME takes an exchange'],
  ])('%s are refused', async (args, reason) => {
    const { code, stderr } = await ems(['scan', ...args]);
    expect(stderr).toContain(reason);
    expect(code).toBe(2);
  });

  test('are scanned as one market', async () => {
    const { code, stdout, stderr } = await ems([
      ...['scan', '--source', 'synthetic:1,synthetic:2', '--limit', '20', '--json'],
    ]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { signals, rejections } = JSON.parse(stdout);
    const venues = [...signals, ...rejections].map(({ symbol }) => symbol.split(':')[0]);
    expect(new Set(venues)).toEqual(new Set(['synthetic-1', 'synthetic-2']));
  });
});

describe('several exchanges', () => {
  test('are scanned and planned together', async () => {
    await using bitget = await StandInExchange.start({
      exchange: 'bitget',
      symbols: 2,
      now: Date.now,
    });
    await using binance = await StandInExchange.start({
      ...{ exchange: 'binanceusdm', symbols: 2, now: Date.now },
    });
    const urls = `bitget=${bitget.baseUrl},binanceusdm=${binance.baseUrl}`;
    const args = [...EXCHANGES, '--base-url', urls, ...OPEN];
    const scan = await ems(['scan', ...args, '--json']);
    expect(scan.stderr).toBe('');
    expect(JSON.parse(scan.stdout).scanned).toBe(4);
    const plan = await ems(['plan', ...args]);
    expect(plan.stdout).toContain('4 symbols to analyse');
    expect([scan.code, plan.code]).toEqual([0, 0]);
  });

  test('are scanned without the one that is down, which is said in a sentence', async () => {
    await using bitget = await StandInExchange.start({
      exchange: 'bitget',
      symbols: 2,
      now: Date.now,
    });
    const urls = `bitget=${bitget.baseUrl},binanceusdm=http://127.0.0.1:9`;
    const { code, stdout, stderr } = await ems([
      ...['scan', ...EXCHANGES, '--base-url', urls, ...OPEN, '--json'],
    ]);
    expect(stderr).toMatch(/^ems: a venue does not answer: binanceusdm: [^\n]+\n$/);
    expect(JSON.parse(stdout).scanned).toBe(2);
    expect(code).toBe(0);
  });
});
