import type { TimeframeReadings } from '../analysis/timeframe-reader.js';
import type { Timeframe } from '../market/timeframe.js';
import { signedPercentText, signedText } from './quantity.js';
import type { TextStyle } from './style.js';
import { type Column, tableLines } from './table.js';

/** What each timeframe says, one row per timeframe; `-` where there is too little history. */
export function timeframeLines(
  readings: ReadonlyMap<Timeframe, TimeframeReadings>,
  style: TextStyle,
): readonly string[] {
  const columns: readonly Column<readonly [Timeframe, TimeframeReadings]>[] = [
    { head: 'FRAME', align: 'left', text: ([timeframe]) => timeframe },
    { head: 'CANDLES', align: 'right', text: ([, { count }]) => String(count) },
    {
      head: 'TREND',
      align: 'right',
      text: ([, { trendStrength }]) => known(trendStrength, signedText),
      paint: (text) => signColor(text, style),
    },
    {
      head: 'T-STAT',
      align: 'right',
      text: ([, { slopeT }]) => known(slopeT, (t) => signedText(t, 1)),
    },
    { head: 'ADX', align: 'right', text: ([, { adx }]) => known(adx, (x) => x.toFixed(0)) },
    { head: 'RSI', align: 'right', text: ([, { rsi }]) => known(rsi, (x) => x.toFixed(0)) },
    {
      head: 'MACD',
      align: 'right',
      text: ([, { macdHistogram }]) => known(macdHistogram, (x) => signedPercentText(x, 2)),
      paint: (text) => signColor(text, style),
    },
    {
      head: 'BAND',
      align: 'right',
      text: ([, { bandPosition }]) => known(bandPosition, signedText),
    },
    {
      head: 'VS VWAP',
      align: 'right',
      text: ([, { vwapDistance }]) => known(vwapDistance, (x) => signedPercentText(x, 1)),
    },
    {
      head: 'VOLUME',
      align: 'right',
      text: ([, { relativeVolume }]) => known(relativeVolume, (x) => `${x.toFixed(1)}x`),
    },
    {
      head: 'ATR',
      align: 'right',
      text: ([, { atr }]) => known(atr, (x) => `${(x * 100).toFixed(2)}%`),
    },
  ];
  return tableLines(columns, [...readings], style);
}

/** How to read the columns of {@link timeframeLines}. */
export const TIMEFRAME_LEGEND: string =
  'TREND: move of the line fitted to 50 closes, in units of a random walk; T-STAT: its slope over its error. ' +
  'MACD: histogram, as a share of price. BAND: -1 on the lower, +1 on the upper Bollinger band. ' +
  'VOLUME: newest over the mean of the 20 before.';

function known(value: number, text: (value: number) => string): string {
  return Number.isFinite(value) ? text(value) : '-';
}

function signColor(text: string, { colors }: TextStyle): string {
  if (text.startsWith('+') && Number.parseFloat(text) !== 0) return colors.green(text);
  return text.startsWith('-') && text !== '-' ? colors.red(text) : text;
}
