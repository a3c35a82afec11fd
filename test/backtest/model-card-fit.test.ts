import { describe, expect, it } from 'vitest';
import { barrierEvents } from '../../src/backtest/barrier-events.js';
import { type Decision, hourlyDecisions } from '../../src/backtest/decisions.js';
import { fitModelCard } from '../../src/backtest/model-card-fit.js';
import { resolve } from '../../src/backtest/resolved.js';
import { qlike } from '../../src/forecast/probability-score.js';
import { forecastVolatility } from '../../src/forecast/volatility.js';
import {
  FastVolatilityReader,
  SlowVolatilityReader,
  type VolatilityReadings,
} from '../../src/forecast/volatility-reader.js';
import { fairChances } from '../../src/forecast/win-probability.js';
import { wanderingMarket } from './wandering-market.js';

const HOUR = 3_600_000;

const sets = [1, 2, 3].map((seed) => ({
  name: `set ${seed}`,
  histories: [wanderingMarket(seed * 7919, 30), wanderingMarket(seed * 104729, 30)],
}));
const card = fitModelCard(sets.slice(0, 2), {
  id: 'test',
  command: 'this test',
  horizonsMs: [4 * HOUR],
  sampledDecisions: 300,
});

/** Decisions of the set that the fit did not see, each with the readings of its last two weeks. */
function unseen(everyMs: number) {
  return sets[2].histories.flatMap((history) => {
    const decisions = [...hourlyDecisions(history)].filter(({ time }) => time % everyMs === 0);
    return resolve(decisions, 4 * HOUR).map((row) => ({ row, readings: readingsAt(row.decision) }));
  });
}

function readingsAt({ history: { fast, slow }, time }: Decision): VolatilityReadings {
  const fastReader = new FastVolatilityReader();
  const slowReader = new SlowVolatilityReader();
  const since = time - 14 * 24 * HOUR;
  for (const candle of fast.slice(fast.indexAt(since), fast.indexAt(time))) fastReader.next(candle);
  for (const candle of slow.slice(slow.indexAt(since), slow.indexAt(time - HOUR + 1))) {
    slowReader.next(candle);
  }
  return { ...fastReader.readings, ...slowReader.readings };
}

describe('fitModelCard', () => {
  it('forecasts the variance of a market it has not seen better than yesterday does', () => {
    let fitted = 0;
    let naive = 0;
    for (const { row, readings } of unseen(12 * HOUR)) {
      const forecast = forecastVolatility(readings, row.decision.time, 4 * HOUR, card);
      fitted += qlike(row.variance, forecast?.variance ?? Number.NaN);
      naive += qlike(row.variance, readings.varianceDay * 48);
    }
    expect(fitted).toBeLessThan(0.9 * naive);
  });

  it('gives chances that mean what they say on a market it has not seen', () => {
    const [{ barrier }] = card.horizons;
    const events = unseen(HOUR).flatMap(({ row, readings }) => {
      const forecast = forecastVolatility(readings, row.decision.time, 4 * HOUR, card);
      const sigma = forecast?.sigma ?? Number.NaN;
      return (['long', 'short'] as const).flatMap((side) => barrierEvents(row, sigma, side));
    });
    const expected = events.map((event) => fairChances(event, event.sigma, barrier).target);
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const hitRate = mean(events.map(({ outcome }) => (outcome === 'target' ? 1 : 0)));
    expect(Math.abs(mean(expected) - hitRate)).toBeLessThan(0.03);
  });

  it('says where its numbers come from', () => {
    expect(card.provenance.command).toBe('this test');
    expect(card.provenance.data.map(({ name, symbols }) => [name, symbols])).toEqual([
      ['set 1', 2],
      ['set 2', 2],
    ]);
  });
});
