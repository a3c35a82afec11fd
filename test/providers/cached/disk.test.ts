import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { open } from 'lmdb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { decodeKnown, encodeKnown } from '../../../src/providers/cached/stored-candles.js';
import { cachedProvider } from '../../../src/providers/cached.js';
import { checkDataProvider } from '../../../src/testing/check-data-provider.js';
import { bundled } from '../../bundled.js';
import { BEGIN, CountingSource, candlesOf, MINUTE, SYMBOL } from './gappy-market.js';

const steady = { seed: 1, minutes: 10_000, missing: 0, outages: [] };
const NOON = BEGIN + 8_000 * MINUTE;
const KILLS = 20;
/** Whether this machine lets a process mount a file system that it alone sees. */
const mayMount =
  spawnSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', '-o', 'size=4k', 'none', tmpdir()])
    .status === 0;

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

  test('that end after the moment up to which all are known are not there', () => {
    const candles = candlesOf({ ...steady, minutes: 3 });
    const end = candles.time[candles.length - 1] + MINUTE;
    const read = (until: number) =>
      decodeKnown(encodeKnown({ candles, until, wholeAt: undefined }), '1m');
    expect(read(end)?.candles).toEqual(candles);
    expect(read(end - 1)).toBeUndefined();
  });

  test('that claim to reach into the future are fetched anew, and the series is sound again', async () => {
    const source = new CountingSource(candlesOf(steady));
    const first = cachedProvider(source.provider, { folder });
    await first.fetchCandles(SYMBOL, '1m', 300, { asOf: NOON });
    await first.close?.();
    const disk = open<Buffer, string>({ path: folder, encoding: 'binary', noSubdir: false });
    for (const { key, value } of disk.getRange()) {
      const known = decodeKnown(value, '1m');
      if (known !== undefined) await disk.put(key, encodeKnown({ ...known, until: NOON * 2 }));
    }
    await disk.close();
    for (const asOf of [NOON + 10 * MINUTE, NOON + 20 * MINUTE]) {
      const cached = cachedProvider(source.provider, { folder });
      const found = await cached.fetchCandles(SYMBOL, '1m', 300, { asOf });
      await cached.close?.();
      expect(found.at(-1)?.time).toBe(asOf - MINUTE);
    }
    expect(source.asked).toEqual(['1m 302', '1m 302', '1m 12']);
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

  test('that find no more room are fetched as if there were no folder, and the process ends well', async () => {
    const script = await bundled('test/providers/cached/full-disk.ts', 'dist/test-candles');
    const limited = `ulimit -f 200; exec "${process.execPath}" "${script}" "${folder}"`;
    const { stdout } = await promisify(execFile)('bash', ['-c', limited]);
    expect(JSON.parse(stdout)).toEqual({
      wrong: 0,
      // Which write is the first to find no room, and what the system calls that, differs from run to run.
      warnings: [
        { message: 'candles cannot be kept on disk', reason: expect.stringMatching(/\w/) },
      ],
    });
  }, 30_000);

  test.skipIf(!mayMount)(
    'on a disk that is full from the start, where this machine may mount one, are fetched, and the process lives',
    async () => {
      const script = await bundled('test/providers/cached/full-disk.ts', 'dist/test-candles');
      // Less room than LMDB's lock takes: to map it would end the process with SIGBUS.
      const small = `mount -t tmpfs -o size=4k none "${folder}" && exec "${process.execPath}" "${script}" "${folder}"`;
      const { stdout } = await promisify(execFile)('unshare', ['-Urm', 'bash', '-c', small]);
      const reason = `the disk is full: ${folder}`;
      expect(JSON.parse(stdout)).toEqual({
        wrong: 0,
        warnings: [{ message: 'candles cannot be kept on disk', reason }],
      });
    },
    30_000,
  );

  test('are kept in a folder with a dot in its name, and nobody else may read them', async () => {
    const dotted = join(folder, 'cache.v1');
    await mkdir(dotted, { mode: 0o755 });
    await writeFile(join(dotted, 'lock.mdb'), '');
    await chmod(join(dotted, 'lock.mdb'), 0o644);
    const source = new CountingSource(candlesOf(steady));
    for (let process = 0; process < 2; process++) {
      const cached = cachedProvider(source.provider, { folder: dotted });
      await cached.fetchCandles(SYMBOL, '1m', 300, { asOf: NOON });
      await cached.close?.();
    }
    expect(source.asked).toEqual(['1m 302']);
    expect(await readdir(dotted)).toEqual(['data.mdb', 'lock.mdb']);
    for (const file of await readdir(dotted)) {
      expect((await stat(join(dotted, file))).mode & 0o777).toBe(0o600);
    }
  });

  test.each(['data.mdb', 'lock.mdb'])(
    'are not written through a %s that is a symbolic link',
    async (file) => {
      const elsewhere = join(folder, 'elsewhere');
      const kept = join(folder, 'kept');
      await mkdir(kept);
      await writeFile(elsewhere, '');
      await symlink(elsewhere, join(kept, file));
      const reasons: string[] = [];
      const warn = (_: string, { error }: { error?: Error } = {}) =>
        reasons.push(`${error?.message}`);
      const logger = { debug() {}, info() {}, error() {}, warn };
      const cached = cachedProvider(new CountingSource(candlesOf(steady)).provider, {
        folder: kept,
        logger,
      });
      expect(await cached.fetchCandles(SYMBOL, '1m', 300, { asOf: NOON })).toHaveLength(300);
      await cached.close?.();
      expect(reasons).toEqual([`candles are not kept behind a symbolic link: ${join(kept, file)}`]);
      expect((await stat(elsewhere)).size).toBe(0);
    },
  );

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
