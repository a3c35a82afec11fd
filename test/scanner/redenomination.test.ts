import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Timeframe, timeframeMs } from '../../src/market/timeframe.js';
import { filesProvider } from '../../src/providers/files.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import { candleWindow } from '../../src/scanner/window.js';
import { hasShared, SHARED } from '../shared-data.js';

const HOUR = 3_600_000;

/** Coins that came back from a halt in another unit: the halt, the return, and the end of the recording. */
const REDENOMINATED = [
  ['COCOS/USDT', '2021-01-19T01:55:00Z', '2021-01-23T02:00:00Z', '2021-02-14T23:55:00Z'],
  ['BTCST/USDT', '2021-03-15T06:55:00Z', '2021-03-19T07:00:00Z', '2021-03-31T23:55:00Z'],
] as const;

const CHOICES: readonly (readonly Timeframe[])[] = [
  ['5m', '15m', '1h', '4h'],
  ['5m', '4h'],
  ['1h'],
  ['4h'],
];

/** Whether a window of candles holds prices of both units. */
function isMixed(timeframe: Timeframe, halt: number, back: number, asOf: number): boolean {
  const { from } = candleWindow(timeframe, 300, asOf);
  return (
    from < halt && asOf >= Math.ceil(back / timeframeMs(timeframe) + 1) * timeframeMs(timeframe)
  );
}

describe.skipIf(!hasShared)(
  'a redenomination in recorded candles (skipped without the reference data)',
  () => {
    const cases = REDENOMINATED.flatMap((coin) =>
      CHOICES.map((timeframes) => [coin, timeframes] as const),
    );

    test.each(cases)(
      'of %j is flagged and not traded while a window of %j reaches across it',
      async (coin, timeframes) => {
        const [symbol, ...moments] = coin;
        const [halt, back, end] = moments.map((moment) => Date.parse(moment));
        const folder = fileURLToPath(new URL('data/ohlcv/binance-2021', SHARED));
        let now = back;
        let scans = 0;
        await using scanner = new EnhancedMarketScanner({
          provider: filesProvider(folder),
          clock: () => now,
          // Nothing but the data stands against a signal.
          config: { timeframes, minScore: 0, minConfidence: 0, minRewardToRisk: 0 },
        });
        for (; now < end; now += 7 * HOUR + HOUR / 12) {
          if (!timeframes.some((timeframe) => isMixed(timeframe, halt, back, now))) continue;
          const { signals, rejections } = await scanner.scan({ symbols: [symbol] });
          expect(signals).toEqual([]);
          expect(rejections).toMatchObject([{ rule: 'data-quality' }]);
          expect(rejections[0].quality).toContain('price-jump');
          scans++;
        }
        expect(scans).toBeGreaterThan(20);
      },
    );
  },
);
