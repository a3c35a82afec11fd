import { describe, expect, it } from 'vitest';
import { runBacktest } from '../../src/backtest/backtest.js';
import { hourlyDecisions } from '../../src/backtest/decisions.js';
import { resolve } from '../../src/backtest/resolved.js';
import { walkForwardFolds } from '../../src/backtest/walk-forward.js';
import { defaultModelCard } from '../../src/forecast/default-model-card.js';
import { replayMarket, wanderingMarket } from './wandering-market.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const histories = [wanderingMarket(3, 80), wanderingMarket(17, 80)];
const folds = walkForwardFolds(histories, { everyMs: 14 * DAY });

describe('walkForwardFolds', () => {
  it('begins where there are five weeks and an embargo before it, and goes on to the end', () => {
    expect(folds.map(({ from }) => from / DAY)).toEqual([36, 50, 64, 78]);
  });

  it('shows a fit no candle from an embargo before its first decision on', () => {
    for (const { from, sets } of folds) {
      for (const { base, baseMs, fast, slow } of sets.flatMap((set) => set.histories)) {
        const ends = [base.time.at(-1) ?? 0, fast.time.at(-1) ?? 0, slow.time.at(-1) ?? 0];
        expect(ends[0] + baseMs).toBeLessThanOrEqual(from - DAY);
        expect(ends[1] + baseMs).toBeLessThanOrEqual(from - DAY);
        expect(ends[2] + HOUR).toBeLessThanOrEqual(from - DAY);
      }
    }
    const [late] = walkForwardFolds(histories, { everyMs: 14 * DAY, horizonMs: 3 * DAY });
    const newest = late.sets.flatMap((set) => set.histories.map(({ base }) => base.time.at(-1)));
    expect(late.from - Math.max(...newest.map(Number))).toBeGreaterThanOrEqual(3 * DAY);
  });

  it('splits what came before into stretches whose events overlap in no outcome', () => {
    const { sets } = folds[2];
    expect(sets).toHaveLength(3);
    let before = 0;
    for (const set of sets) {
      const rows = resolve([...hourlyDecisions(set.histories[0])], DAY);
      const times = rows.map(({ decision }) => decision.time);
      expect(Math.min(...times)).toBeGreaterThanOrEqual(before);
      before = Math.max(...times) + DAY;
      expect(rows.length).toBeGreaterThan(200);
    }
    expect(before).toBeLessThanOrEqual(folds[2].from - DAY);
  });

  it('ends before a past that is too short', () => {
    expect(() => walkForwardFolds([wanderingMarket(3, 30)], { everyMs: DAY })).toThrow(
      'a walk forward needs five weeks',
    );
  });
});

describe('a back-test with cards by time', () => {
  it('decides nothing before the first, and says which it used from when on', async () => {
    const cards = [20, 30].map((day) => ({
      from: day * DAY,
      card: { ...defaultModelCard, id: `day ${day}` },
    }));
    const config = { minQuoteVolume24h: 0, minChange24h: 0 };
    const options = { config, everyMs: HOUR };
    const market = [replayMarket(3, 40)];
    const dated = await runBacktest(market, { ...options, cards });
    expect(dated.from).toBe(20 * DAY);
    expect(dated.terms.cards).toEqual([
      { from: 20 * DAY, id: 'day 20', provenShare: defaultModelCard.tilt.provenShare },
      { from: 30 * DAY, id: 'day 30', provenShare: defaultModelCard.tilt.provenShare },
    ]);
    const plain = await runBacktest(market, { ...options, from: 20 * DAY });
    expect(dated.trades).toEqual(plain.trades);
    expect(dated.trades.length).toBeGreaterThan(5);
  });
});
