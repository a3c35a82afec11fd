import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScannerError } from '../../../src/errors.js';
import { filesProvider } from '../../../src/providers/files.js';
import { withCandleFolder } from './candle-folder.js';

const HEADER = 'timestamp,open,high,low,close,volume';
const GOOD = [
  HEADER,
  '1704067200000,100,101,99,100.5,12',
  '1704067500000,100.5,102,100,101,8',
  '1704067800000,101,101.5,100.25,101,0',
].join('\n');

/** The good file with one line (1 is the header) replaced. */
function withLine(line: number, text: string): string {
  return GOOD.split('\n')
    .map((old, i) => (i === line - 1 ? text : old))
    .join('\n');
}

const BAD: readonly [what: string, content: string | Uint8Array, complaint: RegExp][] = [
  ['an empty file', '', /is empty/],
  ['a header without rows', `${HEADER}\n`, /must hold candles, has none/],
  [
    'a wrong header',
    withLine(1, 'time,o,h,l,c,v'),
    /line 1: must be the header .*"time,o,h,l,c,v"/,
  ],
  ['UTF-16', new Uint8Array(Buffer.from(GOOD, 'utf16le')), /line 1: must be the header/],
  ['a word for a number', withLine(3, '1704067500000,1,x,1,1,1'), /line 3: high .* was "x"/],
  ['an empty field', withLine(3, '1704067500000,1,,1,1,1'), /line 3: high .* was ""/],
  ['a lone point', withLine(3, '1704067500000,1,.,1,1,1'), /line 3: high .* was "."/],
  ['two points', withLine(3, '1704067500000,1,1.2.3,1,1,1'), /line 3: high .* was "1.2.3"/],
  ['NaN', withLine(3, '1704067500000,NaN,1,1,1,1'), /line 3: open .* was "NaN"/],
  [
    'bytes that are not UTF-8',
    Buffer.from(`${HEADER}\n17\xff,1,1,1,1,1`, 'latin1'),
    /line 2: timestamp/,
  ],
  ['a control character', withLine(3, '1704067500000,\u001b[31m1,1,1,1,1'), /"\\u001b\[31m1"/],
  ['too few fields', withLine(3, '1704067500000,1,1,1,1'), /line 3: must have 6 fields, has 5/],
  ['too many fields', withLine(3, '1704067500000,1,1,1,1,1,1'), /line 3: .* 6 fields, has 7/],
  ['an empty line in between', withLine(3, ''), /line 3: must be a candle, was empty/],
  ['an infinite price', withLine(3, '1704067500000,1e999,1,1,1,1'), /line 3: open .* Infinity/],
  ['a negative price', withLine(3, '1704067500000,-1,1,-1,1,1'), /line 3: open .* was -1/],
  ['a zero price', withLine(3, '1704067500000,0,1,0,1,1'), /line 3: open .* was 0/],
  ['a negative volume', withLine(3, '1704067500000,1,1,1,1,-5'), /line 3: volume .* was -5/],
  ['high below low', withLine(3, '1704067500000,100,99,101,100,5'), /line 3: .*high 99 low 101/],
  ['a fractional time', withLine(3, '1704067500000.5,1,1,1,1,1'), /line 3: timestamp .* whole/],
  ['a time off the grid', withLine(3, '1704067500001,1,1,1,1,1'), /line 3: .* open a candle of 5m/],
  ['seconds for milliseconds', withLine(2, '1704067200,1,1,1,1,1'), /line 2: .*1704067200/],
  ['unsorted rows', withLine(4, '1704067200000,100,101,99,100.5,12'), /line 4: .* must rise/],
  [
    'two candles of one time',
    withLine(3, '1704067200000,1,1,1,1,1'),
    /line 3: timestamp must rise, was 1704067200000 again/,
  ],
  ['the same candle twice', withLine(3, GOOD.split('\n')[1]), /line 3: .* 1704067200000 again/],
  ['a row from the future', withLine(4, '4102444800000,1,1,1,1,1'), /line 4: .* future/],
];

async function rejection(provider: { folder: string; symbol?: string }): Promise<ScannerError> {
  const { folder, symbol = 'BAD/USDT' } = provider;
  const error: unknown = await filesProvider(folder)
    .fetchCandles(symbol, '5m', 10)
    .catch((e) => e);
  expect(ScannerError.is(error)).toBe(true);
  return error as ScannerError;
}

describe('a bad candle file', () => {
  it.each(BAD)('%s is bad data that names file and finding', async (_, content, complaint) => {
    await withCandleFolder({ 'BAD-USDT-5m.csv': content }, async (folder) => {
      const error = await rejection({ folder });
      expect(error.code).toBe('bad_data');
      expect(error.symbol).toBe('BAD/USDT');
      expect(error.message).toContain('BAD-USDT-5m.csv');
      expect(error.message).toMatch(complaint);
    });
  });

  it.each([
    ['truncated', gzipSync(GOOD).subarray(0, 40)],
    ['not gzip at all', Buffer.from(GOOD)],
  ])('gzip that is %s is bad data', async (_, content) => {
    await withCandleFolder({ 'BAD-USDT-5m.csv.gz': content }, async (folder) => {
      const { code, message } = await rejection({ folder });
      expect(code).toBe('bad_data');
      expect(message).toMatch(/^BAD-USDT-5m\.csv\.gz cannot be read: /);
    });
  });

  it.each([
    ['not JSON', '{"timestamp":', /line 2: must be a JSON array or object/],
    ['a bare number', '7', /line 2: must be a JSON array or object, was "7"/],
    ['null for a price', '[1704067500000,null,1,1,1,1]', /line 2: open must be a number, was null/],
    ['text for a price', '{"timestamp":1704067500000,"open":"1"}', /line 2: open .* was "1"/],
    ['an empty line', '', /line 2: must be a JSON/],
  ])('NDJSON with %s is bad data', async (_, line, complaint) => {
    const content = ['[1704067200000,1,1,1,1,1]', line, '[1704067800000,1,1,1,1,1]'].join('\n');
    await withCandleFolder({ 'BAD-USDT-5m.ndjson': content }, async (folder) => {
      expect((await rejection({ folder })).message).toMatch(complaint);
    });
  });

  it('that is a symbolic link is not followed', async () => {
    await withCandleFolder({ 'secret.txt': GOOD, 'BTC-USDT-5m.csv': GOOD }, async (folder) => {
      await symlink(join(folder, 'secret.txt'), join(folder, 'BAD-USDT-5m.csv'));
      expect(await rejection({ folder })).toMatchObject({
        code: 'bad_data',
        message: 'BAD-USDT-5m.csv cannot be read: it is a symbolic link, not the file itself',
      });
    });
  });

  it('that stands beside another of the same timeframe is bad data', async () => {
    const files = { 'BAD-USDT-5m.csv': GOOD, 'BAD-USDT-5m.csv.gz': gzipSync(GOOD) };
    await withCandleFolder(files, async (folder) => {
      expect((await rejection({ folder })).message).toBe(
        'BAD/USDT must have one file of 5m, has BAD-USDT-5m.csv and BAD-USDT-5m.csv.gz',
      );
    });
  });

  it('harms only its own symbol', async () => {
    const files = { 'BAD-USDT-5m.csv': 'nonsense', 'BTC-USDT-5m.csv': GOOD };
    await withCandleFolder(files, async (folder) => {
      const provider = filesProvider(folder);
      const markets = await provider.fetchMarkets();
      expect(markets.map((market) => market.symbol)).toEqual(['BAD/USDT', 'BTC/USDT']);
      const tickers = await provider.fetchTickers(['BAD/USDT', 'BTC/USDT']);
      expect(tickers.map((ticker) => ticker.symbol)).toEqual(['BTC/USDT']);
      expect(await provider.fetchCandles('BTC/USDT', '5m', 10)).toHaveLength(3);
    });
  });

  it('with any content gives candles or bad data, never another error', async () => {
    const text = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom(...GOOD.split('\n'), '1,2,3', ',,,,,', '\r'))
        .map((x) => x.join('\n')),
      fc
        .array(fc.tuple(fc.nat(), fc.double(), fc.double(), fc.double(), fc.double(), fc.nat()))
        .map((rows) =>
          [HEADER, ...rows.map(([step, ...row]) => [step * 300_000, ...row].join())].join('\n'),
        ),
    );
    await fc.assert(
      fc.asyncProperty(text, async (content) => {
        await withCandleFolder({ 'BAD-USDT-5m.csv': content }, async (folder) => {
          const answer: unknown = await filesProvider(folder)
            .fetchCandles('BAD/USDT', '5m', 10)
            .catch((e) => e);
          if (answer instanceof Error) expect(answer).toMatchObject({ code: 'bad_data' });
        });
      }),
    );
  });
});

describe('a bad candle folder', () => {
  it('that is missing is a configuration error in one sentence', async () => {
    await expect(filesProvider('/nowhere/candles').fetchMarkets()).rejects.toMatchObject({
      code: 'config',
      message: 'candle folder must be a readable folder, "/nowhere/candles" is not there',
    });
  });

  it('that is a file is a configuration error', async () => {
    await withCandleFolder({ 'BTC-USDT-5m.csv': GOOD }, async (folder) => {
      await expect(
        filesProvider(join(folder, 'BTC-USDT-5m.csv')).fetchMarkets(),
      ).rejects.toMatchObject({ code: 'config', message: expect.stringMatching(/is a file$/) });
    });
  });

  it('without a candle file is a configuration error', async () => {
    await withCandleFolder({ 'notes.txt': 'x', 'BTC-USDT-7m.csv': GOOD }, async (folder) => {
      await expect(filesProvider(folder).fetchMarkets()).rejects.toMatchObject({
        code: 'config',
        message: expect.stringContaining('has 2 files and none of that kind'),
      });
    });
  });

  it.each(['../BTC/USDT', 'BTC/USDT/../..', '/etc/passwd', '__proto__', ''])(
    'is not left by asking for %j',
    async (symbol) => {
      await withCandleFolder({ 'BTC-USDT-5m.csv': GOOD }, async (folder) => {
        await expect(filesProvider(folder).fetchCandles(symbol, '5m', 1)).rejects.toMatchObject({
          code: 'unknown_symbol',
        });
        expect(await filesProvider(folder).fetchTickers([symbol])).toEqual([]);
      });
    },
  );
});
