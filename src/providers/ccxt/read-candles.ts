import { quote, ScannerError } from '../../errors.js';
import { type CandleRow, CandleSeries } from '../../market/candle-series.js';
import { candleOpen, isClosed, type Timeframe } from '../../market/timeframe.js';

/** What rows are read against. */
export interface CandleRules {
  readonly timeframe: Timeframe;
  /** The exchange's present, epoch milliseconds. */
  readonly now: number;
  /** Candles that closed later are left out. */
  readonly asOf: number;
  /** Base amount of one unit of volume. */
  readonly volumeUnit: number;
}

/** What is ahead of an exchange's clock by more than this comes from the future. */
const CLOCK_TOLERANCE_MS = 5_000;

/**
 * Rows of ccxt's as closed candles. Which candle is closed the clock tells: the last row is the forming one on most exchanges,
 * on some only if something was traded. Rows that repeat another exactly are dropped.
 *
 * @throws ScannerError `bad_data` for anything that is no candle of the timeframe: a missing number, a time off the grid or in
 * the future, two different candles of one time.
 */
export function readCandles(rows: unknown, rules: CandleRules): CandleSeries {
  const { timeframe, asOf, volumeUnit } = rules;
  const sorted = [...checkedRows(rows, rules)].sort((a, b) => a[0] - b[0]);
  const closed = withoutRepeats(sorted).filter(([time]) => isClosed(time, timeframe, asOf));
  if (volumeUnit === 1) return CandleSeries.from(closed);
  return CandleSeries.from(
    closed.map(
      ([time, open, high, low, close, volume]): CandleRow => [
        time,
        open,
        high,
        low,
        close,
        volume * volumeUnit,
      ],
    ),
  );
}

function* checkedRows(rows: unknown, { timeframe, now }: CandleRules): Generator<CandleRow> {
  if (!Array.isArray(rows)) fail(`candles must be a list, were ${quote(rows)}`);
  for (const [i, row] of (rows as unknown[]).entries()) {
    const time: unknown = Array.isArray(row) ? row[0] : undefined;
    if (!Number.isSafeInteger(time)) {
      fail(`candle row ${i}: time must be whole epoch milliseconds, was ${quote(time)}`);
    }
    const opened = time as number;
    if (candleOpen(opened, timeframe) !== opened) {
      fail(`candle row ${i}: time must open a candle of ${timeframe}, was ${opened}`);
    }
    if (opened > now + CLOCK_TOLERANCE_MS) {
      fail(`candle row ${i}: time must not lie in the future, was ${opened} at ${now}`);
    }
    yield row as CandleRow;
  }
}

function withoutRepeats(sorted: readonly CandleRow[]): CandleRow[] {
  return sorted.filter((row, i) => {
    const previous = sorted[i - 1];
    if (previous === undefined || previous[0] !== row[0]) return true;
    if (row.some((value, field) => value !== previous[field])) {
      fail(`two different candles open at ${row[0]}`);
    }
    return false;
  });
}

function fail(complaint: string): never {
  throw new ScannerError('bad_data', complaint);
}
