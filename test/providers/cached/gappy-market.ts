import fc from 'fast-check';
import { CandleSeries } from '../../../src/market/candle-series.js';
import type { Timeframe } from '../../../src/market/timeframe.js';
import type { DataProvider } from '../../../src/ports/data-provider.js';
import { memoryProvider } from '../../../src/providers/memory.js';
import { randomFrom, rulesOf } from '../../scanner/invented-market.js';

export const MINUTE = 60_000;
/** Long before the questions; a multiple of every timeframe below a week. */
export const BEGIN: number = Date.UTC(2024, 0, 1);
export const SYMBOL = 'A/USDT';
export const TIMEFRAMES = ['1m', '5m', '15m', '1h', '4h'] as const satisfies readonly Timeframe[];

/** A market of minutes, some silent, some missing, with outages of hours. */
export interface GappyMarket {
  readonly seed: number;
  readonly minutes: number;
  /** Share of minutes that are missing. */
  readonly missing: number;
  readonly outages: readonly { readonly from: number; readonly length: number }[];
}

export const anyGappyMarket: fc.Arbitrary<GappyMarket> = fc.record({
  seed: fc.integer(),
  minutes: fc.integer({ min: 1, max: 6_000 }),
  missing: fc.constantFrom(0, 0.01, 0.3, 0.9),
  outages: fc.array(
    fc.record({ from: fc.nat({ max: 6_000 }), length: fc.integer({ min: 1, max: 700 }) }),
    { maxLength: 3 },
  ),
});

/** Its candles; the first may open at any minute. */
export function candlesOf({ seed, minutes, missing, outages }: GappyMarket): CandleSeries {
  const random = randomFrom(seed);
  const first = BEGIN + Math.floor(random() * 300) * MINUTE;
  let price = 100;
  const candles = Array.from({ length: minutes }, (_, i) => {
    const open = price;
    price *= Math.exp((random() - 0.5) * 4e-3);
    const volume = random() < 0.1 ? 0 : random() * 10;
    const time = first + i * MINUTE;
    return {
      time,
      open,
      high: Math.max(open, price),
      low: Math.min(open, price),
      close: price,
      volume,
    };
  });
  const isOut = (i: number): boolean =>
    outages.some(({ from, length }) => i >= from && i < from + length);
  return CandleSeries.from(candles.filter((_, i) => !isOut(i) && random() >= missing));
}

/** A source of one market that counts how often it is asked. */
export class CountingSource {
  readonly asked: string[] = [];
  readonly provider: DataProvider;

  constructor(candles: CandleSeries) {
    const inner = memoryProvider({
      markets: [rulesOf(SYMBOL)],
      candles: { [SYMBOL]: { '1m': candles } },
    });
    this.provider = {
      ...inner,
      fetchCandles: (symbol, timeframe, limit, options) => {
        this.asked.push(`${timeframe} ${limit}`);
        return inner.fetchCandles(symbol, timeframe, limit, options);
      },
    };
  }
}
