import { type Candle, CandleSeries } from '../../market/candle-series.js';
import { type Timeframe, timeframeMs } from '../../market/timeframe.js';

/** What is done to candles. */
type CandleFault = (candles: readonly Candle[], timeframe: Timeframe) => readonly Candle[];

/** One row, changed. */
const withOne = (change: Partial<Candle>): CandleFault => {
  return (candles) =>
    candles.map((row, i) => (i === oddRow(candles) ? { ...row, ...change } : row));
};

/** What can be wrong with candles. */
export type CandleFaultName =
  | 'not-a-number'
  | 'endless-price'
  | 'negative-price'
  | 'negative-volume'
  | 'high-below-low'
  | 'duplicate-candle'
  | 'unsorted-candles'
  | 'off-grid-candles'
  | 'missing-candle'
  | 'missing-candles'
  | 'price-jump'
  | 'stale-candles'
  | 'flat-candles'
  | 'short-history'
  | 'no-candles'
  | 'contract-volumes'
  | 'forming-candle'
  | 'future-candle';

/** Faults of candles, by name. Some break a rule of `CandleSeries`, which then refuses them as `bad_data`. */
export const CANDLE_FAULTS: Readonly<Record<CandleFaultName, CandleFault>> = {
  'not-a-number': withOne({ close: Number.NaN }),
  'endless-price': withOne({ high: Number.POSITIVE_INFINITY }),
  'negative-price': withOne({ low: -1 }),
  'negative-volume': withOne({ volume: -1 }),
  'high-below-low': (candles) =>
    candles.map((row, i) => (i === oddRow(candles) ? { ...row, high: row.low / 2 } : row)),
  'duplicate-candle': (candles) =>
    candles.flatMap((row, i) => (i === oddRow(candles) ? [row, row] : [row])),
  'unsorted-candles': (candles) => candles.toReversed(),
  'off-grid-candles': (candles) => candles.map((row) => ({ ...row, time: row.time + 1_000 })),
  'missing-candle': (candles) => candles.filter((_, i) => i !== oddRow(candles)),
  'missing-candles': (candles) => candles.filter((_, i) => i % 10 !== 5),
  'price-jump': (candles) =>
    candles.map((row, i) => (i < candles.length / 2 ? scaled(row, 1_000) : row)),
  'stale-candles': (candles) => candles.slice(0, -Math.ceil(candles.length / 5)),
  'flat-candles': (candles) =>
    candles.map(({ time }) => {
      const price = candles[0].open;
      return { time, open: price, high: price, low: price, close: price, volume: 0 };
    }),
  'short-history': (candles) => candles.slice(-10),
  'no-candles': () => [],
  'contract-volumes': (candles) => candles.map((row) => ({ ...row, volume: row.volume * 1_000 })),
  'forming-candle': (candles, timeframe) => [...candles, nextOf(candles, timeframeMs(timeframe))],
  'future-candle': (candles, timeframe) => [
    ...candles,
    nextOf(candles, 10 * timeframeMs(timeframe)),
  ],
};

/**
 * The candles of a source with a fault.
 *
 * @throws ScannerError `bad_data` where the fault breaks a rule of `CandleSeries`.
 */
export function withCandleFault(
  fault: CandleFaultName,
  candles: CandleSeries,
  timeframe: Timeframe,
): CandleSeries {
  const rows = [...candles];
  if (rows.length === 0) return candles;
  const change: CandleFault = CANDLE_FAULTS[fault];
  return CandleSeries.from(change(rows, timeframe));
}

function oddRow(candles: readonly Candle[]): number {
  return Math.max(0, candles.length - 5);
}

function scaled({ time, open, high, low, close, volume }: Candle, factor: number): Candle {
  return {
    time,
    open: open * factor,
    high: high * factor,
    low: low * factor,
    close: close * factor,
    volume: volume / factor,
  };
}

/** A candle that opens so much later and leaps, so that whoever reads it gives it away. */
function nextOf(candles: readonly Candle[], afterMs: number): Candle {
  const newest = candles[candles.length - 1];
  return { ...scaled(newest, 1.5), time: newest.time + afterMs };
}
