import type { TimeframeReadings } from '../../../src/analysis/timeframe-reader.js';
import type { VolumeProfile } from '../../../src/analysis/volume-profile/volume-profile.js';
import {
  FastVolatilityReader,
  SlowVolatilityReader,
} from '../../../src/forecast/volatility-reader.js';
import type { Market } from '../../../src/market/market.js';
import { OrderBook } from '../../../src/market/order-book.js';
import type { Timeframe } from '../../../src/market/timeframe.js';
import { TradeSeries } from '../../../src/market/trade-series.js';
import type { DataNeed, FactorInput } from '../../../src/scoring/factor.js';

export const FIVE: readonly Timeframe[] = ['1m', '5m', '15m', '1h', '4h'];

export const MARKET: Market = {
  symbol: 'AAA/USDT',
  base: 'AAA',
  quote: 'USDT',
  tickSize: 0.01,
  lotSize: 0.01,
  minNotional: 5,
  takerFeeBps: 10,
};

const QUIET: TimeframeReadings = {
  count: 300,
  time: 0,
  close: 100,
  rsi: 50,
  macd: 0,
  macdSignal: 0,
  macdHistogram: 0,
  atr: 0.01,
  adx: 20,
  plusDi: 20,
  minusDi: 20,
  bandPosition: 0,
  bandWidth: 0.05,
  stochasticK: 50,
  stochasticD: 50,
  emaDistance20: 0,
  emaDistance50: 0,
  emaDistance200: 0,
  vwapDistance: 0,
  volumeFlow: 0,
  relativeVolume: 1,
  roc: 0,
  slope: 0,
  slopeT: 0,
  trendStrength: 0,
  efficiency: 0,
  volatility: 0.007,
};

/** A market that points nowhere, but for what is given. */
export function reading(changes: Partial<TimeframeReadings> = {}): TimeframeReadings {
  return { ...QUIET, ...changes };
}

/** Readings in which everything is still warming up. */
export function warmingUp(): TimeframeReadings {
  const absent = Object.fromEntries(Object.keys(QUIET).map((name) => [name, Number.NaN]));
  return { ...QUIET, ...absent, count: 1, time: 0, close: 100 };
}

/** The readings of a price turned upside down. */
export function mirroredReading(r: TimeframeReadings): TimeframeReadings {
  return {
    ...r,
    close: 100 ** 2 / r.close,
    rsi: 100 - r.rsi,
    macd: -r.macd,
    macdSignal: -r.macdSignal,
    macdHistogram: -r.macdHistogram,
    plusDi: r.minusDi,
    minusDi: r.plusDi,
    bandPosition: -r.bandPosition,
    stochasticK: 100 - r.stochasticK,
    stochasticD: 100 - r.stochasticD,
    emaDistance20: -r.emaDistance20,
    emaDistance50: -r.emaDistance50,
    emaDistance200: -r.emaDistance200,
    vwapDistance: -r.vwapDistance,
    volumeFlow: -r.volumeFlow,
    roc: -r.roc,
    slope: -r.slope,
    slopeT: -r.slopeT,
    trendStrength: -r.trendStrength,
    efficiency: -r.efficiency,
  };
}

/** A logarithmic profile with its point of control at `control` and a value area of so many bins on both sides. */
export function profile(control = 100, binsBelow = 5, binsAbove = 5): VolumeProfile {
  const binSize = 0.002;
  const edge = (bins: number): number => control * Math.exp((bins - 0.5) * binSize);
  return {
    price: new Float64Array([edge(0)]),
    volume: new Float64Array([1]),
    binSize,
    totalVolume: 1,
    pointOfControl: edge(0),
    valueAreaLow: edge(-binsBelow),
    valueAreaHigh: edge(binsAbove + 1),
    highVolumeNodes: [],
    lowVolumeNodes: [],
  };
}

/** The profile of a market in which nothing was traded. */
export const SILENT: VolumeProfile = {
  ...profile(),
  totalVolume: 0,
  pointOfControl: Number.NaN,
  valueAreaLow: Number.NaN,
  valueAreaHigh: Number.NaN,
};

/** What a factor sees: a quiet market on five timeframes, but for what is given. */
export function input(changes: Partial<FactorInput<DataNeed>> = {}): FactorInput<DataNeed> {
  return {
    market: MARKET,
    time: 0,
    ticker: {
      symbol: MARKET.symbol,
      time: 0,
      last: 100,
      bid: 99.99,
      ask: 100.01,
      quoteVolume24h: 1e7,
      change24h: 0,
    },
    timeframes: FIVE,
    planTimeframe: '1h',
    candles: new Map(),
    readings: everywhere(reading()),
    volumeProfile: profile(),
    regime: { phase: { phase: 'undetermined', score: 0, evidence: [] }, regime: 'undetermined' },
    volatility: { ...new FastVolatilityReader().readings, ...new SlowVolatilityReader().readings },
    orderBook: OrderBook.from({ time: 0, bids: [], asks: [] }),
    trades: TradeSeries.from([]),
    ...changes,
  };
}

/** The same readings on all five timeframes. */
export function everywhere(readings: TimeframeReadings): ReadonlyMap<Timeframe, TimeframeReadings> {
  return new Map(FIVE.map((timeframe) => [timeframe, readings]));
}
