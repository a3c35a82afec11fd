import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { decodeKnown, encodeKnown } from '../../../src/providers/cached/stored-candles.js';
import { cachedProvider } from '../../../src/providers/cached.js';
import { checkDataProvider } from '../../../src/testing/check-data-provider.js';
import { BEGIN, CountingSource, candlesOf, MINUTE, SYMBOL } from './gappy-market.js';

const steady = { seed: 1, minutes: 10_000, missing: 0, outages: [] };
const NOON = BEGIN + 8_000 * MINUTE;
const KILLS = 20;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ems-candles-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('candles on disk', () => {
  test('are found again by the next process, which asks for what is missing alone', async () => {
    const source = new CountingSource(candlesOf(steady));
    const first = cachedProvider(source.provider, { folder });
    await first.fetchCandles(SYMBOL, '1m', 300, { asOf: NOON });
    await first.close?.();
    const second = cachedProvider(source.provider, { folder });
    const asOf = NOON + 700 * MINUTE;
    const found = await second.fetchCandles(SYMBOL, '1m', 300, { asOf });
    await second.close?.();
    expect(source.asked).toEqual(['1m 302', '1m 702']);
    const expected = await source.provider.fetchCandles(SYMBOL, '1m', 300, { asOf });
    expect(
      Buffer.from(found.buffer as ArrayBuffer).equals(Buffer.from(expected.buffer as ArrayBuffer)),
    ).toBe(true);
  });

  test('without lmdb are one sentence that says what to install', async () => {
    vi.resetModules();
    vi.doMock('lmdb', () => {
      throw Object.assign(new Error("Cannot find package 'lmdb'"), {
        code: 'ERR_MODULE_NOT_FOUND',
      });
    });
    const { cachedProvider: unaided } = await import('../../../src/providers/cached.js');
    const cached = unaided(new CountingSource(candlesOf(steady)).provider, { folder });
    await expect(cached.fetchCandles(SYMBOL, '1m', 300, { asOf: NOON })).rejects.toMatchObject({
      code: 'config',
      message: 'candles on disk need the package lmdb, which is not installed: npm install lmdb',
    });
    vi.doUnmock('lmdb');
  });

  test('keep the contract of a provider', async () => {
    const cached = cachedProvider(new CountingSource(candlesOf(steady)).provider, { folder });
    expect((await checkDataProvider(cached)).failures).toEqual([]);
    await cached.close?.();
  });

  test('that were changed by a single bit are not there', () => {
    const known = {
      candles: candlesOf({ ...steady, minutes: 3 }),
      until: NOON,
      wholeAt: undefined,
    };
    const bytes = encodeKnown(known);
    expect(decodeKnown(bytes, '1m')).toEqual(known);
    for (let i = 0; i < bytes.length * 8; i++) {
      const broken = Buffer.from(bytes);
      broken[i >> 3] ^= 1 << (i & 7);
      expect(decodeKnown(broken, '1m')).toBeUndefined();
    }
    expect(decodeKnown(bytes.subarray(0, 10), '1m')).toBeUndefined();
    expect(decodeKnown(bytes, '1h')).toBeUndefined();
  });

  test('that cannot be kept are fetched as if there were no folder, with one warning', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const warned: string[] = [];
    const logger = { debug() {}, info() {}, error() {}, warn: (text: string) => warned.push(text) };
    const source = new CountingSource(candlesOf(steady));
    const cached = cachedProvider(source.provider, { folder: file, logger });
    for (let minute = 0; minute < 3; minute++) {
      const asOf = NOON + minute * MINUTE;
      expect(await cached.fetchCandles(SYMBOL, '1m', 300, { asOf })).toHaveLength(300);
    }
    expect(warned).toEqual(['candles cannot be kept on disk']);
    await cached.close?.();
  });

  test(`are whole after ${KILLS} processes were killed while they wrote`, async () => {
    for (let kill = 0; kill < KILLS; kill++) {
      const script = 'test/providers/cached/writing-process.ts';
      const child = spawn(process.execPath, ['--import', 'tsx', script, folder]);
      await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const database = open<Buffer, string>({ path: folder, encoding: 'binary' });
    const torn: string[] = [];
    let series = 0;
    for (const { key, value } of database.getRange()) {
      const [, , timeframe] = JSON.parse(key);
      series++;
      if (decodeKnown(Buffer.from(value), timeframe) === undefined) torn.push(key);
    }
    await database.close();
    expect(series).toBeGreaterThanOrEqual(10);
    expect(torn).toEqual([]);
  }, 180_000);
});
