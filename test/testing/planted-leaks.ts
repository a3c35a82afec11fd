import type { CandleSeries } from '../../src/market/candle-series.js';
import { defineFactor, type Factor, type FactorReading } from '../../src/scoring/factor.js';
import type { FactorMaker } from '../../src/testing/causality/subject.js';

const CANDLE = 300_000;

/** A bias from a number of any size. */
function say(value: number | undefined): FactorReading | undefined {
  if (value === undefined || Number.isNaN(value)) return undefined;
  return { bias: Math.tanh(value), confidence: 1, reason: 'a leak' };
}

/** A factor that looks a column up, worked out beforehand from all the candles, at the newest closed one. */
function fromColumn(columnOf: (candles: CandleSeries) => ArrayLike<number>): FactorMaker {
  return (candles) => {
    const column = columnOf(candles);
    return defineFactor({
      id: 'leak',
      needs: ['candles'],
      weight: 1,
      evaluate: ({ time }) => say(column[candles.indexAt(time) - 1]),
    });
  };
}

function fromCandles(
  of: (candles: CandleSeries, time: number) => number | undefined,
): Factor<'candles'> {
  return defineFactor({
    id: 'leak',
    needs: ['candles'],
    weight: 1,
    evaluate({ candles, time }) {
      const base = candles.get('5m');
      return base && say(of(base, time));
    },
  });
}

function moves({ close }: CandleSeries, by = 1): Float64Array {
  return close.map((value, i) => 300 * Math.log((close[i + by] ?? value) / value));
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

/** Ways in which people have let the future in, each as a factor. */
export const PLANTED_LEAKS: Readonly<Record<string, () => FactorMaker>> = {
  'the next return, by a shift of minus one': () => fromColumn((candles) => moves(candles)),
  'the return of the next hour': () => fromColumn((candles) => moves(candles, 12)),
  'a centred moving average': () =>
    fromColumn(({ close }) =>
      close.map((value, i) => 100 * Math.log(mean(close.slice(Math.max(0, i - 5), i + 6)) / value)),
    ),
  'scaled by the mean and deviation of all the data': () =>
    fromColumn(({ close }) => {
      const middle = mean(close);
      const deviation = Math.sqrt(mean(close.map((value) => (value - middle) ** 2)));
      return close.map((value) => (value - middle) / deviation);
    }),
  'between the lowest and highest price there will ever be': () =>
    fromColumn(({ close, high, low }) => {
      const top = high.reduce((a, b) => Math.max(a, b));
      const bottom = low.reduce((a, b) => Math.min(a, b));
      return close.map((value) => (2 * (value - bottom)) / (top - bottom) - 1);
    }),
  'its rank among all the closes': () =>
    fromColumn(({ close }) => {
      const sorted = close.toSorted();
      return close.map((value) => (2 * sorted.indexOf(value)) / close.length - 1);
    }),
  'the hour that the candle lies in, before it is over': () =>
    fromColumn(({ close }) =>
      close.map((value, i) => 100 * Math.log((close[i - (i % 12) + 11] ?? value) / value)),
    ),
  "the day's high, known in the morning": () =>
    fromColumn(({ close, high }) =>
      close.map((value, i) => {
        const day = i - (i % 288);
        return 10 * Math.log(high.slice(day, day + 288).reduce((a, b) => Math.max(a, b)) / value);
      }),
    ),
  'a turning point marked before it was confirmed': () =>
    fromColumn(({ low }) =>
      low.map((value, i) => {
        const around = low.slice(Math.max(0, i - 3), i + 4);
        return value === around.reduce((a, b) => Math.min(a, b)) ? 1 : 0;
      }),
    ),
  'gaps filled from the next value': () =>
    fromColumn((candles) => {
      const known = moves(candles).map((_, i) =>
        i % 7 === 0 ? candles.close[i] / candles.open[i] : Number.NaN,
      );
      for (let i = known.length - 2; i >= 0; i--) {
        if (Number.isNaN(known[i])) known[i] = known[i + 1];
      }
      return known.map((value) => 300 * Math.log(value));
    }),
  'a threshold fitted on the whole history': () =>
    fromColumn(({ close, open }) => {
      const sorted = close.map((value, i) => value / open[i]).toSorted();
      const threshold = sorted[Math.floor(0.9 * sorted.length)];
      return close.map((value, i) => value / open[i] - threshold);
    }),
  'smoothed forwards and backwards': () =>
    fromColumn(({ close }) => {
      const smooth = close.slice();
      for (let i = 1; i < smooth.length; i++) smooth[i] = 0.8 * smooth[i - 1] + 0.2 * smooth[i];
      for (let i = smooth.length - 2; i >= 0; i--) {
        smooth[i] = 0.8 * smooth[i + 1] + 0.2 * smooth[i];
      }
      return close.map((value, i) => 100 * Math.log(smooth[i] / value));
    }),
  'the memory behind a view, beyond its end': () => () =>
    fromCandles(({ close }) => {
      const beyond = close.byteOffset + 8 * close.length;
      if (beyond + 8 > close.buffer.byteLength) return 0;
      const [next] = new Float64Array(close.buffer, beyond, 1);
      return 300 * Math.log(next / close[close.length - 1]);
    }),
  'how long the history will be': () => (candles) =>
    fromCandles((_, time) => candles.length / 1e4 - time / CANDLE / 1e6),
  'scaled by the extremes of all that it was ever asked about': () => {
    let lowest = Number.POSITIVE_INFINITY;
    let highest = 0;
    return () =>
      fromCandles(({ close }) => {
        const newest = close[close.length - 1];
        lowest = Math.min(lowest, newest);
        highest = Math.max(highest, newest);
        return highest > lowest ? (newest - lowest) / (highest - lowest) : 0;
      });
  },
  'the memory behind the first series it was ever shown, beside an honest word': () => {
    let kept: { readonly close: Float64Array; readonly from: number } | undefined;
    return () =>
      fromCandles(({ close, open, time: times }, time) => {
        kept ??= { close, from: times[0] };
        const all = new Float64Array(kept.close.buffer, kept.close.byteOffset);
        const next = (time - kept.from) / CANDLE;
        const newest = close.length - 1;
        const honest = 150 * Math.log(close[newest] / open[newest]);
        return honest + (next < all.length ? 300 * Math.log(all[next] / all[next - 1]) : 0);
      });
  },
  'how often it was asked before': () => {
    let calls = 0;
    return () => fromCandles(() => Math.sin(calls++));
  },
  'the weather of the machine': () => () => fromCandles(() => Math.random() - 0.5),
};
