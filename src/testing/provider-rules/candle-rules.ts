import { CandleSeries } from '../../market/candle-series.js';
import { candleOpen, timeframeMs } from '../../market/timeframe.js';
import { demand, demandRejection } from '../demand.js';
import { forEachSeries, type Rule, SAMPLE, UNKNOWN_SYMBOL } from './subject.js';

const FEW = 7;

/** What candles must be. */
export const candleRules: readonly Rule[] = [
  {
    rule: 'candles are a sound series on the grid of their timeframe, no longer than the limit',
    holds: (subject) =>
      forEachSeries(subject, ({ what, timeframe, candles }) => {
        CandleSeries.fromColumns(candles);
        demand(candles.length <= SAMPLE, `${what} has ${candles.length}, asked for ${SAMPLE}`);
        const stray = candles.time.find((time) => candleOpen(time, timeframe) !== time);
        demand(stray === undefined, `${what} has a candle that opens at ${stray}`);
      }),
  },
  {
    rule: 'only candles that are closed at the moment asked for are served',
    holds: (subject) =>
      forEachSeries(subject, async ({ what, timeframe, candles, fetch }) => {
        const newest = candles.at(-1);
        if (newest === undefined) return;
        const halfway = newest.time + timeframeMs(timeframe) / 2;
        const seen = (await fetch(SAMPLE, halfway)).at(-1);
        const closed = seen === undefined || seen.time + timeframeMs(timeframe) <= halfway;
        demand(closed, `${what} as of ${halfway} has a candle that opens at ${seen?.time}`);
      }),
  },
  {
    rule: 'a limit keeps the newest candles',
    holds: (subject) =>
      forEachSeries(subject, async ({ what, candles, fetch }) => {
        const few = await fetch(FEW, subject.asOf);
        demandSame(`${what}, the newest ${FEW}`, few, candles.slice(-FEW));
      }),
  },
  {
    rule: 'the past is served as it was: an earlier moment gives an earlier part of the same candles',
    holds: (subject) =>
      forEachSeries(subject, async ({ what, timeframe, candles, fetch }) => {
        const middle = candles.at(Math.floor(candles.length / 2));
        if (middle === undefined) return;
        const moment = middle.time + timeframeMs(timeframe);
        const past = candles.slice(0, candles.indexAt(moment - timeframeMs(timeframe) + 1));
        const served = (await fetch(SAMPLE, moment)).slice(-past.length);
        demandSame(`${what} as of ${moment}`, served, past);
      }),
  },
  {
    rule: 'the same question has the same answer',
    holds: (subject) =>
      forEachSeries(subject, async ({ what, candles, fetch }) => {
        demandSame(`${what}, asked again`, await fetch(SAMPLE, subject.asOf), candles);
      }),
  },
  {
    rule: "candles of an unknown symbol reject with 'unknown_symbol'",
    holds: ({ provider, timeframes }) =>
      demandRejection(
        () => provider.fetchCandles(UNKNOWN_SYMBOL, timeframes[0], 1),
        'unknown_symbol',
        'fetchCandles',
      ),
  },
];

function demandSame(what: string, found: CandleSeries, expected: CandleSeries): void {
  demand(
    found.length === expected.length,
    `${what}: ${found.length} candles, not ${expected.length}`,
  );
  for (const field of ['time', 'open', 'high', 'low', 'close', 'volume'] as const) {
    const i = found[field].findIndex((value, row) => value !== expected[field][row]);
    demand(
      i < 0,
      `${what}: ${field} of ${found.time[i]} is ${found[field][i]}, was ${expected[field][i]}`,
    );
  }
}
