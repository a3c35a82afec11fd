import type { Candle, CandleSeries } from '../market/candle-series.js';
import { Adx } from './indicators/adx.js';
import { Atr } from './indicators/atr.js';
import { BollingerBands } from './indicators/bollinger-bands.js';
import { ChangeDeviation } from './indicators/change-deviation.js';
import { EfficiencyRatio } from './indicators/efficiency-ratio.js';
import { Ema } from './indicators/ema.js';
import { LinearSlope } from './indicators/linear-slope.js';
import { Macd } from './indicators/macd.js';
import { RelativeVolume } from './indicators/relative-volume.js';
import { Rsi } from './indicators/rsi.js';
import { Stochastic } from './indicators/stochastic.js';
import { VolumeFlow } from './indicators/volume-flow.js';
import { RollingVwap } from './indicators/vwap.js';
import { Delay } from './rolling/delay.js';

/**
 * The indicators of one timeframe at its newest closed candle; `NaN` while an indicator is warming up, and for readings of
 * volume also where nothing has traded.
 *
 * All price calculations run on the natural logarithm of price, relative to the first close read. That makes every reading
 * free of the price's scale, and makes a market and its mirror image (every price inverted) give mirrored readings exactly;
 * "fraction" below is a difference of logarithms, which for small moves is the fraction of price.
 */
export interface TimeframeReadings {
  /** How many candles were read. */
  readonly count: number;
  /** Open time of the newest candle, epoch milliseconds. */
  readonly time: number;
  /** Newest close, in quote currency. */
  readonly close: number;
  /** Wilder's relative strength index (14), 0 to 100. */
  readonly rsi: number;
  /** MACD line, signal line and their difference (12, 26, 9), as fractions. */
  readonly macd: number;
  readonly macdSignal: number;
  readonly macdHistogram: number;
  /** Wilder's average true range (14), as a fraction. */
  readonly atr: number;
  /** Wilder's directional movement (14), 0 to 100. */
  readonly adx: number;
  readonly plusDi: number;
  readonly minusDi: number;
  /** Where the close lies in its Bollinger bands (20, 2): -1 on the lower, 0 on the middle, +1 on the upper. */
  readonly bandPosition: number;
  /** Upper band minus lower band, as a fraction. */
  readonly bandWidth: number;
  /** Slow stochastic (14, 3, 3), 0 to 100. */
  readonly stochasticK: number;
  readonly stochasticD: number;
  /** Close minus its exponential average, as a fraction. */
  readonly emaDistance20: number;
  readonly emaDistance50: number;
  readonly emaDistance200: number;
  /** Close minus the rolling volume-weighted average price of 50 candles, as a fraction. */
  readonly vwapDistance: number;
  /** Signed volume over total volume of 14 candles (the change of on-balance volume over what was traded), -1 to +1. */
  readonly volumeFlow: number;
  /** Newest volume over the mean of the 20 before it. */
  readonly relativeVolume: number;
  /** Move over 10 candles, as a fraction. */
  readonly roc: number;
  /** Least-squares slope of 50 closes, as a fraction per candle. */
  readonly slope: number;
  /** The slope over its standard error. */
  readonly slopeT: number;
  /**
   * The move the slope spans, in units of what a random walk would cover in as many candles:
   * `slope * sqrt(50) / (standard deviation of one-candle returns)`.
   */
  readonly trendStrength: number;
  /** Kaufman's efficiency ratio of 20 candles: net move over path, signed, -1 to +1. */
  readonly efficiency: number;
  /** Standard deviation of 50 one-candle returns, as a fraction per candle. */
  readonly volatility: number;
}

type Writable<Record> = { -readonly [Key in keyof Record]: Record[Key] };

const SLOPE_LENGTH = 50;

/** The least random walk a trend is measured against, as a share of its slope: below it lies rounding. */
const LEAST_WALK = 1e-6;

/**
 * Advances every indicator of one timeframe by one closed candle, in one pass and without allocating.
 *
 * What it reads depends on the candles from the first one on and on nothing else: a reader that was kept and fed the new
 * candles agrees bit for bit with one that starts over. Candles must come in order, each once.
 *
 * @example
 * ```ts
 * import { TimeframeReader } from 'enhanced-market-scanner/analysis';
 * import type { CandleSeries } from 'enhanced-market-scanner';
 *
 * declare const candles: CandleSeries;
 * const reader = new TimeframeReader();
 * reader.read(candles);
 * console.log(reader.readings.rsi, reader.readings.slopeT);
 * ```
 */
export class TimeframeReader {
  readonly #readings: Writable<TimeframeReadings> = unread();
  #firstClose: number = Number.NaN;
  // The newest candle with logarithms for prices: what the indicators see.
  readonly #log = { high: Number.NaN, low: Number.NaN, close: Number.NaN, volume: Number.NaN };

  readonly #rsi = new Rsi();
  readonly #macd = new Macd();
  readonly #atr = new Atr();
  readonly #adx = new Adx();
  readonly #bands = new BollingerBands();
  // A flat window reads as the middle of its range: the same for a market and its mirror image.
  readonly #stochastic = new Stochastic(14, 3, 3, 50);
  readonly #ema20 = new Ema(20);
  readonly #ema50 = new Ema(50);
  readonly #ema200 = new Ema(200);
  readonly #vwap = new RollingVwap(50);
  readonly #volumeFlow = new VolumeFlow();
  readonly #relativeVolume = new RelativeVolume();
  readonly #tenAgo = new Delay(10);
  readonly #slope = new LinearSlope(SLOPE_LENGTH);
  readonly #efficiency = new EfficiencyRatio();
  readonly #volatility = new ChangeDeviation();

  /** The readings at the newest candle. A live view: the next candle changes it, {@link TimeframeReader.snapshot} does not. */
  get readings(): TimeframeReadings {
    return this.#readings;
  }

  /** A copy of the readings that later candles leave alone. */
  snapshot(): TimeframeReadings {
    return { ...this.#readings };
  }

  /** Reads the candles of a series from index `from` on. */
  read(candles: CandleSeries, from = 0): void {
    const { time, open, high, low, close, volume } = candles;
    const { NaN: none } = Number;
    const candle = { time: none, open: none, high: none, low: none, close: none, volume: none };
    for (let i = from; i < candles.length; i++) {
      candle.time = time[i];
      candle.open = open[i];
      candle.high = high[i];
      candle.low = low[i];
      candle.close = close[i];
      candle.volume = volume[i];
      this.next(candle);
    }
  }

  /** Reads the next closed candle. */
  next(candle: Candle): void {
    const readings = this.#readings;
    if (readings.count === 0) this.#firstClose = candle.close;
    readings.count++;
    readings.time = candle.time;
    readings.close = candle.close;
    readings.relativeVolume = this.#relativeVolume.next(candle.volume);
    const log = this.#log;
    log.high = Math.log(candle.high / this.#firstClose);
    log.low = Math.log(candle.low / this.#firstClose);
    log.close = Math.log(candle.close / this.#firstClose);
    log.volume = candle.volume;
    this.#readAverages();
    this.#readRanges();
    this.#readTrend();
  }

  #readAverages(): void {
    const readings = this.#readings;
    const { close } = this.#log;
    const { macd, signal, histogram } = this.#macd.next(close);
    readings.macd = macd;
    readings.macdSignal = signal;
    readings.macdHistogram = histogram;
    readings.emaDistance20 = close - this.#ema20.next(close);
    readings.emaDistance50 = close - this.#ema50.next(close);
    readings.emaDistance200 = close - this.#ema200.next(close);
    readings.vwapDistance = close - this.#vwap.next(this.#log);
    readings.volumeFlow = this.#volumeFlow.next(this.#log);
  }

  #readRanges(): void {
    const readings = this.#readings;
    const log = this.#log;
    readings.rsi = this.#rsi.next(log.close);
    readings.atr = this.#atr.next(log);
    const { adx, plusDi, minusDi } = this.#adx.next(log);
    readings.adx = adx;
    readings.plusDi = plusDi;
    readings.minusDi = minusDi;
    const { upper, middle, lower } = this.#bands.next(log.close);
    const width = upper - lower;
    readings.bandWidth = width;
    readings.bandPosition = width === 0 ? 0 : (2 * (log.close - middle)) / width;
    const { k, d } = this.#stochastic.next(log);
    readings.stochasticK = k;
    readings.stochasticD = d;
  }

  #readTrend(): void {
    const readings = this.#readings;
    const { close } = this.#log;
    readings.roc = close - this.#tenAgo.next(close);
    const { slope, t } = this.#slope.next(close);
    readings.slope = slope;
    readings.slopeT = t;
    readings.efficiency = this.#efficiency.next(close);
    const volatility = this.#volatility.next(close);
    readings.volatility = volatility;
    const walk = Math.max(volatility, LEAST_WALK * Math.abs(slope));
    readings.trendStrength = walk === 0 ? 0 : (slope * Math.sqrt(SLOPE_LENGTH)) / walk;
  }
}

/** The readings at the last of `candles`, which one reader has read from the first on. */
export function readTimeframe(candles: CandleSeries): TimeframeReadings {
  const reader = new TimeframeReader();
  reader.read(candles);
  return reader.readings;
}

function unread(): Writable<TimeframeReadings> {
  return {
    count: 0,
    time: Number.NaN,
    close: Number.NaN,
    rsi: Number.NaN,
    macd: Number.NaN,
    macdSignal: Number.NaN,
    macdHistogram: Number.NaN,
    atr: Number.NaN,
    adx: Number.NaN,
    plusDi: Number.NaN,
    minusDi: Number.NaN,
    bandPosition: Number.NaN,
    bandWidth: Number.NaN,
    stochasticK: Number.NaN,
    stochasticD: Number.NaN,
    emaDistance20: Number.NaN,
    emaDistance50: Number.NaN,
    emaDistance200: Number.NaN,
    vwapDistance: Number.NaN,
    volumeFlow: Number.NaN,
    relativeVolume: Number.NaN,
    roc: Number.NaN,
    slope: Number.NaN,
    slopeT: Number.NaN,
    trendStrength: Number.NaN,
    efficiency: Number.NaN,
    volatility: Number.NaN,
  };
}
