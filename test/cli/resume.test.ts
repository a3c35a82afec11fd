import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { wanderingMarket } from '../backtest/wandering-market.js';
import { EMS, ems, folderOf } from './ems.js';

const HEADER = 'timestamp,open,high,low,close,volume';
const NAMES = ['AA', 'BB', 'CC', 'DD'];

/** A folder of markets, each of so many days. */
function marketsOf(days: number, names: readonly string[] = NAMES): string {
  const csv = (seed: number) => {
    const rows = Array.from(wanderingMarket(seed, days).base, (candle) =>
      [candle.time, candle.open, candle.high, candle.low, candle.close, candle.volume].join(','),
    );
    return `${[HEADER, ...rows].join('\n')}\n`;
  };
  return folderOf(
    Object.fromEntries(names.map((name, i) => [`${name}-USDT-5m.csv`, csv(11 + 6 * i)])),
  );
}

/** What is whole among the pieces of work in a folder beside `output`. */
function pieces(folder: string): readonly string[] {
  const [part] = readdirSync(folder).filter((name) => name.endsWith('.part'));
  if (part === undefined) return [];
  return readdirSync(join(folder, part)).filter((name) => !name.endsWith('.next'));
}

/** Runs the command line and ends it by a signal as soon as a first piece of its work is in `folder`. */
async function ended(args: readonly string[], folder: string, signal: 'SIGINT' | 'SIGKILL') {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [EMS, ...args], { env: { PATH, MIN_VOLUME: '0' } });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const closed = new Promise<{ code: number | null; by: string | null }>((resolve) =>
    child.on('close', (code, by) => resolve({ code, by })),
  );
  while (child.exitCode === null && pieces(folder).length === 0) await pause(2);
  child.kill(signal);
  return { ...(await closed), stderr };
}

describe('an interrupted back-test', () => {
  const outputs = (folder: string) => {
    const [html, trades, trials] = ['r.html', 't.ndjson', 'ledger'].map((name) =>
      join(folder, name),
    );
    return ['--json', '--html', html, '--trades', trades, '--trials', trials];
  };
  const written = (folder: string) =>
    ['r.html', 't.ndjson'].map((name) => readFileSync(join(folder, name), 'utf8'));

  it('goes on after Ctrl-C and after a kill, to the bytes of one that was not', async () => {
    const flags = ['backtest', '--source', `files:${marketsOf(14)}`];
    const env = { MIN_VOLUME: '0' };
    const whole = folderOf({});
    const once = await ems([...flags, ...outputs(whole), '--threads', '1'], env);
    expect({ code: once.code, stderr: once.stderr }).toEqual({ code: 0, stderr: '' });
    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      const broken = folderOf({});
      const first = await ended([...flags, ...outputs(broken), '--threads', '1'], broken, signal);
      expect([first.code, first.by]).toEqual(signal === 'SIGINT' ? [130, null] : [null, signal]);
      if (signal === 'SIGINT') expect(first.stderr).toMatch(/[123] of 4 symbols are kept in /);
      expect(pieces(broken).length).toBeLessThan(NAMES.length);
      const second = await ems([...flags, ...outputs(broken), '--threads', '2'], env);
      expect(second.stderr).toMatch(/^ems: goes on after [123] of 4 symbols, kept in /);
      expect(second.stdout).toBe(once.stdout);
      expect(written(broken)).toEqual(written(whole));
      expect(readdirSync(broken).filter((name) => name.endsWith('.part'))).toEqual([]);
    }
  });

  it('begins anew with other settings', async () => {
    const flags = ['backtest', '--source', `files:${marketsOf(14)}`];
    const folder = folderOf({});
    await ended([...flags, ...outputs(folder), '--threads', '1'], folder, 'SIGKILL');
    const other = await ems([...flags, ...outputs(folder), '--every', '1h'], { MIN_VOLUME: '0' });
    expect({ code: other.code, stderr: other.stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('interrupted forecasts', () => {
  it('go on after a kill, to the bytes of a run that was not interrupted', async () => {
    const flags = ['backtest', '--source', `files:${marketsOf(11)}`, '--events'];
    const [whole, broken] = [folderOf({}), folderOf({})];
    const [one, two] = [join(whole, 'events.ndjson'), join(broken, 'events.ndjson')];
    const first = await ended([...flags, two, '--threads', '1'], broken, 'SIGKILL');
    expect(first.by).toBe('SIGKILL');
    expect(existsSync(two)).toBe(false);
    const second = await ems([...flags, two]);
    expect(second.stderr).toMatch(/goes on after [123] of 4 symbols/);
    const once = await ems([...flags, one, '--threads', '1']);
    expect(second.stdout).toBe(once.stdout);
    expect(readFileSync(two, 'utf8')).toBe(readFileSync(one, 'utf8'));
    expect(readdirSync(broken)).toEqual(['events.ndjson']);
  });
});

describe('an interrupted calibration', () => {
  it('goes on after a kill, to the bytes of one that was not interrupted', async () => {
    const sources = [marketsOf(11, ['AA']), marketsOf(11, ['BB'])];
    const named = sources.flatMap((source) => ['--source', `files:${source}`]);
    const flags = ['calibrate', ...named, '--decisions', '100', '--out'];
    const [whole, broken] = [folderOf({}), folderOf({})];
    const [one, two] = [join(whole, 'card.json'), join(broken, 'card.json')];
    const first = await ended([...flags, two], broken, 'SIGKILL');
    expect(first.by).toBe('SIGKILL');
    const second = await ems([...flags, two, '--json']);
    expect(second.stderr).toMatch(/^ems: goes on after [12] of 3 horizons/);
    const once = await ems([...flags, one, '--json']);
    expect(once.stderr).toBe('');
    expect(second.stdout).toBe(once.stdout);
    expect(readFileSync(two, 'utf8')).toBe(readFileSync(one, 'utf8'));
    expect(readdirSync(broken)).toEqual(['card.json']);
  });
});
