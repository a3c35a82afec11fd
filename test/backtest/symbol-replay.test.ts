import { describe, expect, it } from 'vitest';
import { SymbolReplay } from '../../src/backtest/symbol-replay.js';
import { CandleSeries } from '../../src/market/candle-series.js';
import { memoryProvider } from '../../src/providers/memory.js';
import { parseScannerConfig } from '../../src/scanner/config-schema.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import { defaultFactors } from '../../src/scoring/factors/default-factors.js';
import type { Judgement } from '../../src/scoring/judgement.js';
import { firstMiss } from '../../src/scoring/signal-rules.js';
import { replayMarket } from './wandering-market.js';

const FIVE_MINUTES = 300_000;
const settings = {
  config: parseScannerConfig({ minQuoteVolume24h: 0, minChange24h: 0 }),
  factors: defaultFactors,
};
const history = replayMarket(5, 12);
const { market, base } = history;
const moments = base.time.filter((_, i) => i % 31 === 17).map((time) => time + FIVE_MINUTES);

/** What a live scanner says at each moment; it may have been off for any time, so it is asked in disorder. */
async function live(): Promise<ReadonlyMap<number, object>> {
  let now = 0;
  const provider = memoryProvider({
    markets: [market],
    candles: { [market.symbol]: { '5m': base } },
    now: () => now,
  });
  const config = { minQuoteVolume24h: 0, minChange24h: 0 };
  const scanner = new EnhancedMarketScanner({ provider, config, clock: () => now });
  const seen = new Map<number, object>();
  for (const moment of moments.toSorted((a, b) => ((a * 7919) % 1009) - ((b * 7919) % 1009))) {
    now = moment;
    const { score, bias, confidence, coverage, direction, readings, signal } =
      await scanner.analyze(market.symbol);
    const { entryPrice, stopLoss, takeProfit, winProbability } = signal ?? {};
    const plan = { entryPrice, stopLoss, takeProfit, chance: winProbability?.value };
    seen.set(moment, { score, bias, confidence, coverage, direction, readings, ...plan });
  }
  return seen;
}

/** The same of a judgement. */
function told(judgement: Judgement): object {
  const { score, composite, direction, input } = judgement;
  const { bias, confidence, coverage } = composite;
  const isSignal = firstMiss(judgement) === undefined;
  const { entryPrice, stopLoss, takeProfit } = (isSignal ? judgement.plan : undefined) ?? {};
  const { outlook } = judgement;
  const chance = isSignal && typeof outlook !== 'string' ? outlook.winProbability.value : undefined;
  const { readings } = input.snapshot;
  const plan = { entryPrice, stopLoss, takeProfit, chance };
  return { score, bias, confidence, coverage, direction, readings, ...plan };
}

describe('SymbolReplay', () => {
  it('judges every moment as a live scanner that stood there, bit for bit', async () => {
    const scanned = await live();
    const replay = new SymbolReplay(history, settings);
    let signals = 0;
    for (const time of base.time) {
      const judgement = replay.judge(time + FIVE_MINUTES);
      const seen = scanned.get(time + FIVE_MINUTES);
      if (seen === undefined || judgement === undefined) continue;
      expect(told(judgement)).toEqual(seen);
      if (firstMiss(judgement) === undefined) signals++;
    }
    expect(scanned.size).toBeGreaterThan(100);
    expect(signals).toBeGreaterThan(3);
  });

  it('is blind to what comes after', () => {
    const cut = base.time[2000];
    const future = Array.from(base, (candle) =>
      candle.time < cut ? candle : { ...candle, open: 3, high: 4, low: 1, close: 2, volume: 9 },
    );
    const other = CandleSeries.from(future);
    const changed = { ...history, base: other, candles: new Map(history.candles).set('5m', other) };
    const past = new SymbolReplay(history, settings);
    const same = new SymbolReplay(changed, settings);
    let judged = 0;
    for (const time of base.time.subarray(0, 2000)) {
      const moment = time + FIVE_MINUTES;
      if (time % 3_600_000 !== 0) continue;
      expect(same.judge(moment)?.score).toBe(past.judge(moment)?.score);
      judged++;
    }
    expect(judged).toBeGreaterThan(100);
  });
});
