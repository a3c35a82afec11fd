import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { ScanReport } from '../../src/scanner/scan-report.js';
import { hasShared, SHARED, sharedFiles } from '../shared-data.js';
import { ems } from './ems.js';

interface Scanned {
  readonly code: number | null;
  readonly text: string;
  readonly report: ScanReport;
}

/** One scan of a folder of recorded candles, as the command line gives it. */
async function scan(exchange: string, ...flags: string[]): Promise<Scanned> {
  const folder = fileURLToPath(new URL(`data/ohlcv/${exchange}`, SHARED));
  const { code, stdout } = await ems(['scan', '--json', '--source', `files:${folder}`, ...flags]);
  return { code, text: stdout, report: JSON.parse(stdout) as ScanReport };
}

/** The symbols that a folder's file names speak of. */
function symbolsOf(exchange: string): readonly string[] {
  const names = sharedFiles(`data/ohlcv/${exchange}`).map((file) => file.split('-'));
  return [...new Set(names.map(([base, quote]) => `${base}/${quote}`))].sort();
}

function placesOf({ signals, rejections, failures }: ScanReport): readonly string[] {
  return [...signals, ...rejections, ...failures].map(({ symbol }) => symbol).sort();
}

const CASES: readonly [exchange: string, at: string, ...flags: string[]][] = [
  ['binance', '2024-05-01T00:00:00Z', '--timeframes', '5m,15m,1h,4h'],
  ['binanceusdm', '2025-05-25T00:00:00Z'],
  ['binance-2021', '2021-05-15T00:00:00Z', '--timeframes', '5m,15m,1h,4h'],
  ['fxcm', '2013-02-20T12:00:00Z', '--min-volume', '0'],
];

describe.skipIf(!hasShared)(
  'a scan of recorded candles (skipped without the reference data)',
  () => {
    test.each(CASES)(
      '%s at %s: each symbol has one place, every number is finite, nothing is later',
      async (exchange, at, ...flags) => {
        const { code, text, report } = await scan(exchange, '--at', at, ...flags);
        expect(code).toBe(report.failures.length > 0 ? 3 : 0);
        expect(placesOf(report)).toEqual(symbolsOf(exchange));
        expect(text).not.toMatch(/NaN|Infinity|null/);
        expect(report.asOf).toBe(Date.parse(at));
        for (const { timestamp } of report.signals)
          expect(timestamp).toBeLessThanOrEqual(report.asOf);
      },
    );

    test('the same scan gives the same bytes but for its duration', async () => {
      const runs = [0, 1].map(() => scan('binanceusdm', '--at', CASES[1][1]));
      const [one, two] = (await Promise.all(runs)).map(({ text }) =>
        text.replace(/"durationMs": .*/, ''),
      );
      expect(one).toBe(two);
    });

    test('a redenomination is flagged and not traded', async () => {
      // COCOS/USDT came back from a halt at a thousand times its price on 2021-01-23.
      const { report } = await scan(
        'binance-2021',
        '--at',
        '2021-01-24T00:00:00Z',
        '--timeframes',
        '5m,15m,1h,4h',
        '--symbols',
        'COCOS/USDT',
      );
      expect(report.signals).toEqual([]);
      expect(report.rejections.map(({ quality }) => quality)).toEqual([
        expect.arrayContaining(['price-jump']),
      ]);
    });
  },
);
