/**
 * One new candle on each of 500 warm series at a time: the cost of staying up to date, per indicator and candle.
 *
 * A candle comes as candles come to a bot, as one object just made; both sides read the same one.
 *
 * A ratio compares the indicators that both sides have. The reader takes logarithms and advances 21 calculations.
 */
import * as debut from '@debut/indicators';
import {
  Adx,
  Atr,
  BollingerBands,
  Ema,
  LinearSlope,
  Macd,
  Mfi,
  Obv,
  Rsi,
  Sma,
  Stochastic,
  TimeframeReader,
  Vwap,
} from '../dist/analysis.js';
import { interleave } from './interleave.js';
import { report } from './report.js';
import { CANDLES, SERIES, type Workload, workload } from './workload.js';

type Row = Workload['rows'][number] & { time: number };
type Step = (row: Row) => number;

const WARM = 300;
const series = workload();
const newest: Row = { time: 0, open: 0.5, high: 0.5, low: 0.5, close: 0.5, volume: 0.5 };

function arrive({ candles }: Workload, i: number): Row {
  newest.time = candles.time[i];
  newest.open = candles.open[i];
  newest.high = candles.high[i];
  newest.low = candles.low[i];
  newest.close = candles.close[i];
  newest.volume = candles.volume[i];
  return newest;
}

/** The eleven that both sides have. */
function ourEleven(): Step {
  const rsi = new Rsi(14);
  const macd = new Macd(12, 26, 9);
  const ema20 = new Ema(20);
  const ema50 = new Ema(50);
  const ema200 = new Ema(200);
  const sma = new Sma(20);
  const atr = new Atr(14);
  const adx = new Adx(14);
  const bands = new BollingerBands(20, 2);
  const stochastic = new Stochastic(14, 1, 3);
  const mfi = new Mfi(14);
  return (row) =>
    rsi.next(row.close) +
    macd.next(row.close).histogram +
    ema20.next(row.close) +
    ema50.next(row.close) +
    ema200.next(row.close) +
    sma.next(row.close) +
    atr.next(row) +
    adx.next(row).adx +
    bands.next(row.close).upper +
    stochastic.next(row).d +
    mfi.next(row);
}

function ourFourteen(): Step {
  const eleven = ourEleven();
  const obv = new Obv();
  const vwap = new Vwap();
  const slope = new LinearSlope(50);
  return (row) => eleven(row) + obv.next(row) + vwap.next(row) + slope.next(row.close).slope;
}

function theirEleven(): Step {
  const rsi = new debut.RSI(14);
  const macd = new debut.MACD(12, 26, 9);
  const ema20 = new debut.EMA(20);
  const ema50 = new debut.EMA(50);
  const ema200 = new debut.EMA(200);
  const sma = new debut.SMA(20);
  const atr = new debut.ATR(14);
  const adx = new debut.ADX(14);
  const bands = new debut.BollingerBands(20, 2);
  const stochastic = new debut.Stochastic(14, 3);
  const mfi = new debut.MFI(14);
  return ({ high, low, close, volume }) =>
    (rsi.nextValue(close) ?? 0) +
    (macd.nextValue(close)?.histogram ?? 0) +
    (ema20.nextValue(close) ?? 0) +
    (ema50.nextValue(close) ?? 0) +
    (ema200.nextValue(close) ?? 0) +
    (sma.nextValue(close) ?? 0) +
    (atr.nextValue(high, low, close) ?? 0) +
    (adx.nextValue(high, low, close)?.adx ?? 0) +
    (bands.nextValue(close)?.upper ?? 0) +
    (stochastic.nextValue(high, low, close)?.d ?? 0) +
    (mfi.nextValue(high, low, close, volume) ?? 0);
}

function reader(): Step {
  const kept = new TimeframeReader();
  return (row) => {
    kept.next(row);
    return kept.readings.rsi;
  };
}

/** Sums of the newest outputs agree where no decimal tie divides us, so their median difference is rounding alone. */
function check(): void {
  const parted = series.slice(0, 50).map((one) => {
    const [own, their] = [ourEleven(), theirEleven()];
    let [a, b] = [0, 0];
    for (let i = 0; i < CANDLES; i++) [a, b] = [own(arrive(one, i)), their(arrive(one, i))];
    return Math.abs(a - b) / Math.abs(a);
  });
  const middle = parted.sort((a, b) => a - b)[parted.length >> 1];
  if (!(middle < 1e-6)) throw new Error(`the eleven differ from the peer by ${middle}`);
}
check();

interface Contestant {
  readonly name: string;
  readonly indicators: number;
  readonly create: () => Step;
}

const contestants: readonly Contestant[] = [
  { name: 'enhanced-market-scanner', indicators: 11, create: ourEleven },
  { name: '@debut/indicators', indicators: 11, create: theirEleven },
  { name: 'enhanced-market-scanner, all', indicators: 14, create: ourFourteen },
  { name: 'TimeframeReader', indicators: 21, create: reader },
];

let sink = 0;
/** Warm states of every series, and a task that gives each of them one candle after the other. */
function stream({ create }: Contestant): () => void {
  const steps = series.map((one) => {
    const step = create();
    for (let i = 0; i < WARM; i++) step(arrive(one, i));
    return step;
  });
  return () => {
    for (let i = WARM; i < CANDLES; i++) {
      for (let s = 0; s < SERIES; s++) sink += steps[s](arrive(series[s], i));
    }
  };
}

const ms = interleave(Object.fromEntries(contestants.map((one) => [one.name, stream(one)])));
if (Number.isNaN(sink)) throw new Error('nothing was computed');

const nanoseconds = ({ name }: Contestant): number =>
  (ms[name] * 1e6) / (SERIES * (CANDLES - WARM));
const own = nanoseconds(contestants[0]) / contestants[0].indicators;
report({
  title: 'One new candle on each of 500 warm series, nanoseconds',
  notes: ['ratio: time per indicator, against the first row'],
  rows: contestants.map((one) => ({
    name: one.name,
    indicators: one.indicators,
    ratio: nanoseconds(one) / one.indicators / own,
    perCandle: nanoseconds(one),
    perIndicator: nanoseconds(one) / one.indicators,
  })),
});
