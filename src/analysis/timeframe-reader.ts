import { blankColumns, type CandleColumns } from '../market/candle-columns.js';
import type { Candle, CandleSeries } from '../market/candle-series.js';
import type { Advancing, Bar, Block } from './block.js';
import type { Columns } from './indicator.js';
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

/** How many candles are read at a time. */
const BLOCK = 512;

/** The least random walk a trend is measured against, as a share of its slope: below it lies rounding. */
const LEAST_WALK = 1e-6;

/** A block of candles with logarithms for prices: what the indicators see. */
const LOG: Columns<Bar> = { high: column(), low: column(), close: column(), volume: column() };

/** What the indicators wrote last; of a block only its newest row is a reading. */
const [A, B, C] = [column(), column(), column()];

const ONE: CandleColumns = blankColumns(1);

/**
 * Advances every indicator of one timeframe over closed candles, a block of them at a time and without allocating.
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
    for (let start = from; start < candles.length; start += BLOCK) {
      this.#read(candles, start, Math.min(BLOCK, candles.length - start));
    }
  }

  /** Reads the next closed candle. */
  next(candle: Candle): void {
    ONE.time[0] = candle.time;
    ONE.high[0] = candle.high;
    ONE.low[0] = candle.low;
    ONE.close[0] = candle.close;
    ONE.volume[0] = candle.volume;
    this.#read(ONE, 0, 1);
  }

  #read({ time, high, low, close, volume }: CandleColumns, from: number, count: number): void {
    const readings = this.#readings;
    if (readings.count === 0) this.#firstClose = close[from];
    const first = this.#firstClose;
    for (let i = 0; i < count; i++) {
      LOG.high[i] = Math.log(high[from + i] / first);
      LOG.low[i] = Math.log(low[from + i] / first);
      LOG.close[i] = Math.log(close[from + i] / first);
      LOG.volume[i] = volume[from + i];
    }
    readings.count += count;
    readings.time = time[from + count - 1];
    readings.close = close[from + count - 1];
    this.#readAverages(count);
    this.#readRanges(count);
    this.#readTrend(count);
  }

  #readAverages(count: number): void {
    const readings = this.#readings;
    const newest = count - 1;
    const close = LOG.close[newest];
    this.#macd.advance(LOG.close, { macd: A, signal: B, histogram: C }, count);
    readings.macd = A[newest];
    readings.macdSignal = B[newest];
    readings.macdHistogram = C[newest];
    readings.emaDistance20 = close - last(this.#ema20, LOG.close, count);
    readings.emaDistance50 = close - last(this.#ema50, LOG.close, count);
    readings.emaDistance200 = close - last(this.#ema200, LOG.close, count);
    readings.vwapDistance = close - last(this.#vwap, LOG, count);
    readings.volumeFlow = last(this.#volumeFlow, LOG, count);
    readings.relativeVolume = last(this.#relativeVolume, LOG.volume, count);
  }

  #readRanges(count: number): void {
    const readings = this.#readings;
    const newest = count - 1;
    readings.rsi = last(this.#rsi, LOG.close, count);
    readings.atr = last(this.#atr, LOG, count);
    this.#adx.advance(LOG, { adx: A, plusDi: B, minusDi: C }, count);
    readings.adx = A[newest];
    readings.plusDi = B[newest];
    readings.minusDi = C[newest];
    this.#bands.advance(LOG.close, { upper: A, middle: B, lower: C }, count);
    const width = A[newest] - C[newest];
    readings.bandWidth = width;
    readings.bandPosition = width === 0 ? 0 : (2 * (LOG.close[newest] - B[newest])) / width;
    this.#stochastic.advance(LOG, { k: A, d: B }, count);
    readings.stochasticK = A[newest];
    readings.stochasticD = B[newest];
  }

  #readTrend(count: number): void {
    const readings = this.#readings;
    for (let i = 0; i < count; i++) readings.roc = LOG.close[i] - this.#tenAgo.next(LOG.close[i]);
    const slope = last(this.#slope, LOG.close, count);
    readings.slope = slope;
    readings.slopeT = this.#slope.t;
    readings.efficiency = last(this.#efficiency, LOG.close, count);
    const volatility = last(this.#volatility, LOG.close, count);
    readings.volatility = volatility;
    const walk = Math.max(volatility, LEAST_WALK * Math.abs(slope));
    readings.trendStrength = walk === 0 ? 0 : (slope * Math.sqrt(SLOPE_LENGTH)) / walk;
  }
}

function column(): Float64Array {
  return new Float64Array(BLOCK);
}

/** Advances an indicator of one line over a block, and gives its newest output. */
function last<Input extends Block>(
  indicator: Advancing<Input, Float64Array>,
  input: Input,
  count: number,
): number {
  indicator.advance(input, A, count);
  return A[count - 1];
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
