import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Candle } from '../../src/market/candle-series.js';
import { wanderingMarket } from '../backtest/wandering-market.js';
import { ems, folderOf } from './ems.js';

function csv(seed: number, days = 10): string {
  const rows = Array.from(wanderingMarket(seed, days).base, (candle) =>
    [candle.time, candle.open, candle.high, candle.low, candle.close, candle.volume].join(','),
  );
  return `timestamp,open,high,low,close,volume\n${rows.join('\n')}\n`;
}

const fiveMinutes = { 'BB-USDT-5m.csv': csv(3), 'AA-USDT-5m.csv': csv(2) };

describe('ems backtest --events', () => {
  test('writes every forecast of a span, the same bytes each time', async () => {
    const folder = folderOf(fiveMinutes);
    const span = ['--from', '1970-01-09', '--to', '1970-01-10T00:00Z'];
    const files = ['one.ndjson', 'two.ndjson'].map((name) => join(folder, name));
    for (const file of files) {
      const flags = ['--source', `files:${folder}`, ...span, '--events', file];
      const { code, stdout, stderr } = await ems(['backtest', ...flags]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(
        /^\d+ lines of 2 symbols; netReturn is after, a side: fee 10 bps, half spread 0, slippage 2, no funding \(spot\)\n$/,
      );
    }
    const [one, two] = files.map((file) => readFileSync(file, 'utf8'));
    expect(one).toBe(two);
    const lines = one
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(new Set(lines.map(({ kind }) => kind))).toEqual(new Set(['barrier', 'touch', 'range']));
    expect([...new Set(lines.map(({ symbol }) => symbol))]).toEqual(['AA/USDT', 'BB/USDT']);
    const times = lines.map(({ time }) => time);
    expect(Math.min(...times)).toBe(Date.UTC(1970, 0, 9));
    expect(Math.max(...times)).toBe(Date.UTC(1970, 0, 9, 23));
  });

  test('charges the candles of perpetuals as such, and says so', async () => {
    const folder = folderOf(fiveMinutes);
    const span = ['--from', '1970-01-09', '--to', '1970-01-10T00:00Z'];
    const outcomes = async (source: string) => {
      const events = join(folder, 'events.ndjson');
      const { stdout } = await ems(['backtest', '--source', source, ...span, '--events', events]);
      const lines = readFileSync(events, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      return { stdout, barriers: lines.filter(({ kind }) => kind === 'barrier') };
    };
    const spot = await outcomes(`files:${folder}`);
    const swap = await outcomes(`files:${folder}:swap`);
    expect(swap.stdout).toContain(
      'fee 5 bps, half spread 0, slippage 2, funding 1 for eight hours',
    );
    expect(new Set(swap.barriers.map(({ symbol }) => symbol))).toEqual(
      new Set(['AA/USDT:USDT', 'BB/USDT:USDT']),
    );
    // Ten basis points of fees less, and at most three of funding in a day more.
    spot.barriers.forEach(({ netReturn }, i) => {
      expect(swap.barriers[i].netReturn - netReturn).toBeGreaterThan(6.9e-4);
      expect(swap.barriers[i].netReturn - netReturn).toBeLessThanOrEqual(10e-4);
    });
  });

  test('a file that is not sound leaves its symbol out and says so', async () => {
    const folder = folderOf({ ...fiveMinutes, 'BB-USDT-5m.csv': 'timestamp,open\n1,2\n' });
    const events = join(folder, 'events.ndjson');
    const run = await ems(['backtest', '--source', `files:${folder}`, '--events', events]);
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(/^ems: BB\/USDT was left out: /);
    expect(run.stdout).toMatch(/lines of 1 symbols/);
  });

  test('says of a symbol without candles to read what there is, and what is needed', async () => {
    const folder = folderOf({
      ...fiveMinutes,
      'CC-USDT-15m.csv': 'timestamp,open,high,low,close,volume\n864000000,1,1,1,1,1\n',
      'DD-USDT-5m.csv': csv(4, 1),
    });
    const told = async (...span: readonly string[]) => {
      const flags = ['--source', `files:${folder}`, ...span, '--events', join(folder, 'events')];
      return ems(['backtest', ...flags]);
    };
    const coarse = 'CC/USDT needs candles of 5m or shorter, has 15m';
    const over = (symbol: string) =>
      `${symbol}/USDT has no candles from 1970-01-12T00:00Z on, has 1970-01-01T00:00Z to 1970-01-11T00:00Z`;
    const leftOut = (stderr: string) =>
      stderr
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/^ems: .* was left out: /, ''));
    const within = await told('--from', '1970-01-09', '--to', '1970-01-10');
    expect(within.code).toBe(3);
    const ended =
      'DD/USDT has no candles from 1970-01-09T00:00Z to 1970-01-10T00:00Z, has 1970-01-01T00:00Z to 1970-01-02T00:00Z';
    expect(leftOut(within.stderr)).toEqual([coarse, ended]);
    const after = await told('--from', '1970-01-12');
    expect(after.code).toBe(4);
    expect(leftOut(after.stderr).slice(0, 3)).toEqual([over('AA'), over('BB'), coarse]);
    const longAfter = await told('--from', '1971-01-01');
    expect(leftOut(longAfter.stderr)).toEqual([
      'AA/USDT has no candles from 1970-12-11T00:00Z on, the last ends 1970-01-11T00:00Z',
      'BB/USDT has no candles from 1970-12-11T00:00Z on, the last ends 1970-01-11T00:00Z',
      coarse,
      'DD/USDT has no candles from 1970-12-11T00:00Z on, the last ends 1970-01-02T00:00Z',
      'ems: the source has no symbol to forecast',
    ]);
  });

  test('a span that ends before it begins is a wrong flag, with and without --events', async () => {
    const folder = folderOf(fiveMinutes);
    const span = ['--from', '1970-01-09', '--to', '1970-01-08T12:00Z'];
    const flags = ['backtest', '--source', `files:${folder}`, ...span];
    const [trades, events] = [
      await ems([...flags, '--trials', join(folder, 'trials')]),
      await ems([...flags, '--events', join(folder, 'events')]),
    ];
    for (const { code, stderr } of [trades, events]) {
      expect(code).toBe(2);
      expect(stderr).toBe(
        'ems: --from must be before --to, was 1970-01-09T00:00Z and --to 1970-01-08T12:00Z\n',
      );
    }
  });

  test('a file that cannot be written is a wrong flag', async () => {
    const folder = folderOf(fiveMinutes);
    const events = join(folder, 'no', 'such', 'folder.ndjson');
    const run = await ems(['backtest', '--source', `files:${folder}`, '--events', events]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/^ems: --events takes a file to write/);
  });
});

describe('ems backtest', () => {
  test('trades the past, keeps a ledger of what was tried, and writes a page', async () => {
    const folder = folderOf(fiveMinutes);
    const trials = join(folder, 'trials.ndjson');
    const html = join(folder, 'report.html');
    const flags = ['--source', `files:${folder}`, '--every', '1h', '--trials', trials, '--json'];
    const one = await ems(['backtest', ...flags, '--html', html], { MIN_VOLUME: '0' });
    expect({ code: one.code, stderr: one.stderr }).toEqual({ code: 0, stderr: '' });
    const two = await ems(['backtest', ...flags], { MIN_VOLUME: '0' });
    expect(two.stdout).toBe(one.stdout);
    const report = JSON.parse(one.stdout);
    expect(report.decisions).toBeGreaterThan(100);
    expect(report.trials).toBe(1);
    expect(readFileSync(trials, 'utf8').trimEnd().split('\n')).toHaveLength(2);
    expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>/);
  });

  test('takes costs, latency and where candles are filled; other terms are another trial', async () => {
    const folder = folderOf(fiveMinutes);
    const [trials, trades] = ['trials.ndjson', 'trades.ndjson'].map((name) => join(folder, name));
    const flags = ['--source', `files:${folder}`, '--every', '1h', '--trials', trials, '--json'];
    const free = ['--fees', '0', '--slippage', '0', '--latency', '2', '--trades', trades];
    const coarse = ['--base', '15m', '--half-spread', '3'];
    const [one, two] = [
      await ems(['backtest', ...flags, ...free], { MIN_VOLUME: '0' }),
      await ems(['backtest', ...flags, ...coarse], { MIN_VOLUME: '0' }),
    ];
    expect([one.stderr, two.stderr]).toEqual(['', '']);
    const [cheap, dear] = [one, two].map(({ stdout }) => JSON.parse(stdout));
    expect(cheap.summary.netBps).toBeCloseTo(cheap.summary.grossBps, 9);
    expect(cheap.terms).toMatchObject({ latencyBars: 2, costs: { slippageBps: 0 } });
    for (const line of readFileSync(trades, 'utf8').trimEnd().split('\n')) {
      const { decidedAt, entryTime } = JSON.parse(line);
      expect(entryTime - decidedAt).toBe(10 * 60_000);
    }
    expect(dear.terms.costs).toEqual({ halfSpreadBps: 3, slippageBps: 2, fundingBps: 1 });
    expect(dear.terms.markets).toMatchObject([
      { baseTimeframe: '15m', finerTimeframe: '5m', takerFeeBps: 10 },
      { baseTimeframe: '15m', finerTimeframe: '5m', takerFeeBps: 10 },
    ]);
    expect(dear.settings).not.toBe(cheap.settings);
  });

  test('walks forward with cards of the past alone', async () => {
    const csvOf = (candles: Iterable<Candle>) => {
      const rows = Array.from(candles, ({ time, open, high, low, close, volume }) =>
        [time, open, high, low, close, volume].join(','),
      );
      return `timestamp,open,high,low,close,volume\n${rows.join('\n')}\n`;
    };
    const folder = folderOf({ 'AA-USDT-5m.csv': csvOf(wanderingMarket(2, 40).base) });
    const flags = ['--source', `files:${folder}`, '--every', '1h', '--json'];
    const walk = ['--walk-forward', '10', '--decisions', '100'];
    const kept = ['--trials', join(folder, 'trials.ndjson')];
    const run = await ems(['backtest', ...flags, ...walk, ...kept], { MIN_VOLUME: '0' });
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
    const report = JSON.parse(run.stdout);
    expect(report.from).toBe(Date.UTC(1970, 1, 6));
    expect(report.terms.cards).toEqual([
      { from: Date.UTC(1970, 1, 6), id: 'walk-forward-1970-02-06', provenShare: 0 },
    ]);
    const both = await ems(['backtest', ...flags, ...walk, '--card', 'card.json']);
    expect(both.code).toBe(2);
  });
});
