import { describe, expect, it } from 'vitest';
import { gradeSignal } from '../../../src/backtest/journal/grade-signal.js';
import { signalEntry } from '../../../src/backtest/journal/journal-entry.js';
import { CandleSeries } from '../../../src/market/candle-series.js';
import { syntheticProvider } from '../../../src/providers/synthetic.js';
import { EnhancedMarketScanner } from '../../../src/scanner/enhanced-market-scanner.js';
import { aSignal } from './entries.js';

const MINUTE = 60_000;

/** Minutes from time 0 on, given as open, high, low and close. */
function minutes(
  ...rows: [open: number, high: number, low: number, close: number][]
): CandleSeries {
  return CandleSeries.from(
    rows.map(([open, high, low, close], i) => [i * MINUTE, open, high, low, close, 1] as const),
  );
}

const signal = aSignal({ horizonMs: 3 * MINUTE });
const grade = (candles: CandleSeries, of = signal) => gradeSignal(of, candles, MINUTE);

describe('gradeSignal', () => {
  it('enters at the first open and ends at the level that is met first', () => {
    const candles = minutes([100.5, 101, 100, 101], [101, 102.5, 100, 102], [102, 103, 90, 91]);
    expect(grade(candles)).toEqual({
      kind: 'outcome',
      id: signal.id,
      outcome: 'target',
      endedAt: 2 * MINUTE,
      netReturn: 102 / 100.5 - 1 - 0.0024,
    });
  });

  it('counts a candle that meets both levels as stopped, and fills a gap at the open', () => {
    const both = minutes([100, 103, 98, 100], [100, 100, 100, 100], [100, 100, 100, 100]);
    expect(grade(both)?.outcome).toBe('stop');
    expect(grade(both)?.netReturn).toBeCloseTo(-0.01 - 0.0024, 12);
    const gap = minutes([100, 100, 100, 100], [97, 98, 96, 97], [97, 97, 97, 97]);
    expect(grade(gap)?.netReturn).toBeCloseTo(-0.03 - 0.0024, 12);
  });

  it('mirrors a short signal', () => {
    const short = { ...signal, side: 'short', takeProfit: 98, stopLoss: 101 } as const;
    const candles = minutes([100, 100.5, 97.5, 98], [98, 98, 98, 98], [98, 98, 98, 98]);
    expect(grade(candles, short)).toMatchObject({ outcome: 'target' });
    expect(grade(candles, short)?.netReturn).toBeCloseTo(0.02 - 0.0024, 12);
  });

  it('ends by time at the last close, and waits until then', () => {
    const quiet = [100, 100.5, 99.5, 100.2] as [number, number, number, number];
    expect(grade(minutes(quiet, quiet))).toBeUndefined();
    expect(grade(minutes(quiet, quiet, quiet))).toMatchObject({
      outcome: 'timeout',
      endedAt: 3 * MINUTE,
    });
  });

  it('is void where candles are missing for longer than its horizon, whatever came after', () => {
    const back = CandleSeries.from([
      [-MINUTE, 100, 100, 100, 100, 1],
      [20 * MINUTE, 100, 103, 100, 103, 1],
    ]);
    expect(grade(back)).toMatchObject({ outcome: 'void', netReturn: 0 });
    expect(grade(back.slice(0, 1))).toBeUndefined();
  });

  it('is void where the first price lies beyond a level', () => {
    expect(grade(minutes([98, 99, 97, 98]))).toMatchObject({ outcome: 'void', netReturn: 0 });
  });
});

describe('signalEntry', () => {
  it('keeps what a signal claimed, and nothing of one without a chance', async () => {
    const scanner = new EnhancedMarketScanner({ provider: syntheticProvider({ seed: 1 }) });
    const { signals } = await scanner.scan();
    await scanner.close();
    const [first] = signals;
    expect(first.winProbability).toBeDefined();
    const { value: p, noSkill } = first.winProbability ?? {};
    expect(signalEntry(first)).toMatchObject({
      symbol: first.symbol,
      p,
      noSkill,
      side: first.direction,
    });
    expect(signalEntry({ ...first, winProbability: undefined })).toBeUndefined();
  });
});
