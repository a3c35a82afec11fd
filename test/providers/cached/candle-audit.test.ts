import { describe, expect, test } from 'vitest';
import { silentLogger } from '../../../src/ports/logger.js';
import { CandleAudit } from '../../../src/providers/cached/candle-audit.js';

const HOUR = 3_600_000;
const NOON = Date.UTC(2024, 5, 1, 12);
const named = (count: number): string[] => Array.from({ length: count }, (_, i) => `S${i}/USDT`);

function audited(audit: CandleAudit, symbols: readonly string[], asOf: number): string[] {
  return symbols.filter((symbol) => audit.isDue({ symbol, timeframe: '1h', limit: 300, asOf }));
}

describe('audits of folds', () => {
  test('are one in fifty, the same ones for the same history', () => {
    const [first, second] = [new CandleAudit(silentLogger), new CandleAudit(silentLogger)];
    const symbols = named(100);
    let count = 0;
    for (let hour = 0; hour < 100; hour++) {
      const due = audited(first, symbols, NOON + hour * HOUR);
      expect(audited(second, symbols, NOON + hour * HOUR)).toEqual(due);
      count += due.length;
    }
    expect(count).toBeGreaterThan(150);
    expect(count).toBeLessThan(250);
  });

  test('are at most ten in a minute, however many series close a candle at once', () => {
    const audit = new CandleAudit(silentLogger);
    expect(audited(audit, named(3_000), NOON)).toHaveLength(10);
    expect(audited(audit, named(3_000), NOON + HOUR)).toHaveLength(10);
  });
});
