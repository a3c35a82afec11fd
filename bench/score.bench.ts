/**
 * One symbol from its candles to its score: five timeframes of 300 candles, book and trades, all default factors, and no scanner
 * around it. Goal: 500 microseconds.
 */
import { logVolumeProfile, marketPhase, marketRegime, readTimeframe } from '../dist/analysis.js';
import { FastVolatilityReader, SlowVolatilityReader } from '../dist/forecast.js';
import {
  type CandleSeries,
  defaultFactors,
  parseScannerConfig,
  type ScoringInput,
  scoreMarket,
} from '../dist/index.js';
import { interleave } from './interleave.js';
import { report } from './report.js';
import { marketOf, newest, type Shape, START, shape, TIMEFRAMES, tickerOf } from './shapes.js';

const ROUNDS = 20;
const LIMIT = 300;
const shapes = Array.from({ length: 25 }, (_, i) => shape(i + 1));
const settings = parseScannerConfig({ candleLimit: LIMIT });

function analyse(candles: CandleSeries) {
  const range = Math.max(...candles.high) / Math.min(...candles.low);
  return {
    volumeProfile: logVolumeProfile(candles, { binSize: Math.log(range) / 100 }),
    regime: { phase: marketPhase(candles), regime: marketRegime(candles) },
  };
}

function inputOf(one: Shape): ScoringInput {
  const symbol = 'S/USDT';
  const candles = new Map(TIMEFRAMES.map((t) => [t, newest(one, t, LIMIT, START)]));
  const of = (timeframe: (typeof TIMEFRAMES)[number]): CandleSeries =>
    newest(one, timeframe, LIMIT, START);
  const fast = new FastVolatilityReader();
  const slow = new SlowVolatilityReader();
  fast.read(of('5m'));
  slow.read(of('1h'));
  return {
    snapshot: {
      ...{ market: marketOf(symbol), ticker: tickerOf(symbol, one, START), time: START, candles },
      readings: new Map(TIMEFRAMES.map((t) => [t, readTimeframe(of(t))])),
      ...analyse(of(settings.planTimeframe)),
      volatility: { ...fast.readings, ...slow.readings },
      ...{ orderBook: one.book, trades: one.trades },
    },
    ...{ timestamp: START, timeframes: TIMEFRAMES, factors: defaultFactors, settings },
  };
}

const inputs = shapes.map(inputOf);
let sink = 0;
const ms = interleave(
  {
    'analysed and scored': () => {
      for (let i = 0; i < ROUNDS; i++)
        for (const one of shapes) sink += scoreMarket(inputOf(one)).observation.bias;
    },
    'of which scored': () => {
      for (let i = 0; i < ROUNDS; i++)
        for (const input of inputs) sink += scoreMarket(input).observation.bias;
    },
  },
  { rounds: 9 },
);
if (Number.isNaN(sink)) throw new Error('nothing was computed');

report({
  title: 'One symbol over five timeframes of 300 candles, microseconds',
  notes: [],
  rows: Object.entries(ms).map(([name, milliseconds]) => ({
    name,
    'us per symbol': (milliseconds * 1000) / (ROUNDS * shapes.length),
    goal: 500,
  })),
});
