import fc from 'fast-check';
import type { TimeframeReadings } from '../../src/analysis/timeframe-reader.js';
import type { Market } from '../../src/market/market.js';
import { type BookLevel, OrderBook } from '../../src/market/order-book.js';
import type { ScoringInput } from '../../src/scoring/judgement.js';
import type { ScoringSettings } from '../../src/scoring/settings.js';
import { anyFactors, anyQuality } from './arbitraries.js';
import { HOUR, market, NOW, readings, scoringInput, snapshot, ticker } from './fixtures.js';

const number = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true });
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const orWarmingUp = (arbitrary: fc.Arbitrary<number>): fc.Arbitrary<number> =>
  fc.oneof({ weight: 9, arbitrary }, fc.constant(Number.NaN));

const anyMarket: fc.Arbitrary<Market> = fc
  .record({
    tickSize: fc.constantFrom(1e-8, 0.01, 0.5, 20, 500),
    lotSize: fc.constantFrom(1e-8, 0.001, 1, 100),
    minNotional: fc.constantFrom(0, 5, 100),
    takerFeeBps: fc.constantFrom(0, 5, 60),
  })
  .map((rules) => ({ ...market, ...rules }));

const anyReadings: fc.Arbitrary<TimeframeReadings> = fc
  .record({
    count: fc.oneof({ weight: 9, arbitrary: fc.constant(300) }, fc.nat(60)),
    age: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, number(0, 5)),
    atr: orWarmingUp(number(0, 0.3)),
    volatility: orWarmingUp(number(0, 0.3)),
    relativeVolume: orWarmingUp(number(0, 50)),
    trendStrength: orWarmingUp(number(-8, 8)),
    bandPosition: orWarmingUp(number(-2, 2)),
  })
  .map(({ age, ...rest }) => readings({ ...rest, time: NOW - (age + 1) * HOUR }));

const anyBook: fc.Arbitrary<OrderBook> = fc
  .record({
    mid: number(50, 200),
    step: number(0.0001, 0.01),
    amounts: fc.array(number(1e-6, 1e4), { maxLength: 12 }),
    split: number(0, 1),
  })
  .map(({ mid, step, amounts, split }) => {
    const cut = Math.floor(split * amounts.length);
    const side = (sign: number, list: readonly number[]): BookLevel[] =>
      list.map((amount, i) => [mid * (1 + sign * step * (i + 1)), amount]);
    return OrderBook.from({
      time: NOW,
      bids: side(-1, amounts.slice(0, cut)),
      asks: side(1, amounts.slice(cut)),
    });
  });

const anySettings: fc.Arbitrary<Partial<ScoringSettings>> = fc.record({
  minScore: number(0, 1),
  minConfidence: number(0, 1),
  stopAtrMultiple: number(0.5, 5),
  targetRewardToRisk: number(0.5, 5),
  minRewardToRisk: number(0, 3),
  riskPerTrade: number(0.0001, 0.1),
  maxPositionNotional: number(0.01, 10),
  equity: maybe(number(0.01, 1e6)),
});

/** Anything a scanner may hand over: thin and missing books, coarse ticks, short and stale histories, little money. */
export const anyInput: fc.Arbitrary<ScoringInput> = fc
  .record({
    market: anyMarket,
    readings: maybe(anyReadings),
    orderBook: maybe(anyBook),
    last: number(1, 1000),
    quotes: maybe(number(0, 0.01)),
    quoteVolume24h: maybe(number(0, 1e12)),
    factors: anyFactors,
    quality: anyQuality,
    settings: anySettings,
  })
  .map(({ market, readings, orderBook, last, quotes, quoteVolume24h, ...rest }) =>
    scoringInput({
      ...rest,
      snapshot: snapshot({
        market,
        ticker: {
          ...ticker,
          last,
          bid: quotes === undefined ? undefined : last * (1 - quotes),
          ask: quotes === undefined ? undefined : last * (1 + quotes),
          quoteVolume24h,
        },
        readings: new Map(readings === undefined ? [] : [['1h', readings]]),
        orderBook,
      }),
    }),
  );
