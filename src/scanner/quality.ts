import { ScannerError } from '../errors.js';
import type { CandleSeries } from '../market/candle-series.js';
import type { Ticker } from '../market/ticker.js';
import { type Timeframe, timeframeMs } from '../market/timeframe.js';
import type { QualityCode } from '../scoring/signal.js';

const DAY_MS = 86_400_000;

/** What two clocks may differ by, and a request may take, before a source's time is worth a remark. */
const TOLERATED_SKEW_MS = 5_000;
/** Later than this, an answer is not of the moment that was asked for. */
const MAX_SKEW_MS = 60_000;

/** How far the candles' turnover may lie from the ticker's, as a factor. A contract or a quote amount taken for a base one is further. */
const MAX_TURNOVER_RATIO = 3;

/**
 * What is wrong with the source's answers taken together; what is wrong with the candles themselves, scoring finds.
 *
 * @throws ScannerError `bad_data` when the ticker is of a later moment than the scan's: it would show the future.
 */
export function sourceQuality(
  ticker: Ticker,
  candles: CandleSeries | undefined,
  timeframe: Timeframe,
  asOf: number,
): readonly QualityCode[] {
  const codes: QualityCode[] = [];
  const skew = ticker.time - asOf;
  if (skew > MAX_SKEW_MS) {
    throw new ScannerError(
      'bad_data',
      `ticker: time must be at most ${MAX_SKEW_MS} ms after the moment asked for, was ${skew} ms after`,
      { symbol: ticker.symbol },
    );
  }
  if (skew > TOLERATED_SKEW_MS) codes.push('clock-skew');
  const ratio = candles && turnoverRatio(ticker, candles, timeframe, asOf);
  if (ratio !== undefined && Math.max(ratio, 1 / ratio) > MAX_TURNOVER_RATIO) {
    codes.push('suspect-units');
  }
  return codes;
}

/**
 * Quote turnover of the last day by the candles over that by the ticker; `undefined` where one of them does not tell: without
 * volume, or unless all the day's candles are there.
 */
function turnoverRatio(
  { quoteVolume24h }: Ticker,
  { close, volume, time, length }: CandleSeries,
  timeframe: Timeframe,
  asOf: number,
): number | undefined {
  const span = timeframeMs(timeframe);
  const count = Math.floor(DAY_MS / span);
  const isWhole = count > 0 && length >= count && asOf - time[length - count] < DAY_MS + 2 * span;
  if (!isWhole || quoteVolume24h === undefined || quoteVolume24h <= 0) return undefined;
  let turnover = 0;
  for (let i = length - count; i < length; i++) turnover += close[i] * volume[i];
  return turnover > 0 ? turnover / quoteVolume24h : undefined;
}
