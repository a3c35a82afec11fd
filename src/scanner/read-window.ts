import { type RegimeReading, regimeReading } from '../analysis/regime/regime-reading.js';
import { TimeframeReader, type TimeframeReadings } from '../analysis/timeframe-reader.js';
import { logVolumeProfile, type VolumeProfile } from '../analysis/volume-profile/volume-profile.js';
import { ScannerError } from '../errors.js';
import {
  FAST_TIMEFRAME,
  type FastVolatility,
  FastVolatilityReader,
  SLOW_TIMEFRAME,
  type SlowVolatility,
  SlowVolatilityReader,
} from '../forecast/volatility-reader.js';
import type { CandleSeries } from '../market/candle-series.js';
import { candleOpen, type Timeframe } from '../market/timeframe.js';
import { type Continuity, ContinuityReader } from '../scoring/continuity.js';

/** Bins of a volume profile from the lowest to the highest price of its window. */
const PROFILE_BINS = 100;

/** Sums over candles, added up in order: equal for equal candles, and as good as never for others. */
interface Fingerprint {
  readonly time: number;
  readonly price: number;
  readonly volume: number;
}

const UNSEEN: Fingerprint = { time: 0, price: 0, volume: 0 };

/** What was computed from the candles of one window. */
export class ReadWindow {
  readonly #reader = new TimeframeReader();
  readonly #fastVolatility: FastVolatilityReader | undefined;
  readonly #slowVolatility: SlowVolatilityReader | undefined;
  readonly #timeframe: Timeframe;
  /** Open time of the first candle the window may hold. */
  readonly from: number;
  readonly #continuity: ContinuityReader;
  #seen: Fingerprint = UNSEEN;
  #memory: WeakRef<ArrayBufferLike> | undefined;
  #offset = 0;
  #readings: TimeframeReadings = this.#reader.snapshot();
  #volumeProfile: VolumeProfile | undefined;
  #regime: RegimeReading | undefined;

  constructor(timeframe: Timeframe, from: number) {
    this.#timeframe = timeframe;
    this.from = from;
    this.#continuity = new ContinuityReader(timeframe);
    this.#fastVolatility = timeframe === FAST_TIMEFRAME ? new FastVolatilityReader() : undefined;
    this.#slowVolatility = timeframe === SLOW_TIMEFRAME ? new SlowVolatilityReader() : undefined;
  }

  /** Indicators at the newest candle that was read. */
  get readings(): TimeframeReadings {
    return this.#readings;
  }

  /** How whole the candles are that were read. */
  get continuity(): Continuity {
    return this.#continuity.continuity;
  }

  /** Volatility as forecasts read it, where this is the window of {@link FAST_TIMEFRAME}: a live view. */
  get fastVolatility(): FastVolatility | undefined {
    return this.#fastVolatility?.readings;
  }

  /** Volatility as forecasts read it, where this is the window of {@link SLOW_TIMEFRAME}: a live view. */
  get slowVolatility(): SlowVolatility | undefined {
    return this.#slowVolatility?.readings;
  }

  /** Whether a series begins with the candles this window has read: a source may correct the past or fill a gap in it. */
  isContinuedBy(candles: CandleSeries): boolean {
    const { count } = this.#readings;
    if (candles.length < count) return false;
    // Another view of the same memory: a series does not change, so there is nothing to compare.
    if (this.#isKnown(candles.time)) return true;
    const { time, price, volume } = fingerprint(candles, 0, count, UNSEEN);
    const seen = this.#seen;
    return time === seen.time && price === seen.price && volume === seen.volume;
  }

  #isKnown({ byteOffset, buffer }: Float64Array): boolean {
    return byteOffset === this.#offset && buffer === this.#memory?.deref();
  }

  #remember(column: Float64Array): void {
    if (this.#isKnown(column)) return;
    this.#memory = new WeakRef(column.buffer);
    this.#offset = column.byteOffset;
  }

  /**
   * Reads what is new in a series that continues this window.
   *
   * @throws ScannerError `bad_data` when a candle does not open where its timeframe's candles do.
   */
  read(candles: CandleSeries): void {
    const { count } = this.#readings;
    if (candles.length === count) return;
    requireOnGrid(candles, count, this.#timeframe);
    this.#reader.read(candles, count);
    this.#fastVolatility?.read(candles, count);
    this.#slowVolatility?.read(candles, count);
    this.#readings = this.#reader.snapshot();
    this.#continuity.read(candles, count);
    this.#seen = fingerprint(candles, count, candles.length, this.#seen);
    this.#remember(candles.time);
    this.#volumeProfile = undefined;
    this.#regime = undefined;
  }

  /** Volume by price of the candles that were read, which are `candles`; `undefined` when their price never moved. */
  volumeProfile(candles: CandleSeries): VolumeProfile | undefined {
    this.#volumeProfile ??= profileOf(candles);
    return this.#volumeProfile;
  }

  /** Phase and regime of the candles that were read, which are `candles`. */
  regime(candles: CandleSeries): RegimeReading {
    this.#regime ??= regimeReading(candles);
    return this.#regime;
  }
}

/**
 * Brings the window of one timeframe up to date, or begins a new one where `candles` do not continue it.
 *
 * @param from - Open time of the first candle the window may hold.
 * @throws ScannerError `bad_data` as {@link ReadWindow.read} does.
 */
export function readWindow(
  windows: Map<Timeframe, ReadWindow>,
  timeframe: Timeframe,
  from: number,
  candles: CandleSeries,
): void {
  const kept = windows.get(timeframe);
  const isKept = kept !== undefined && kept.from === from && kept.isContinuedBy(candles);
  const window = isKept ? kept : new ReadWindow(timeframe, from);
  windows.set(timeframe, window);
  window.read(candles);
}

function fingerprint(
  candles: CandleSeries,
  from: number,
  end: number,
  before: Fingerprint,
): Fingerprint {
  const { open, high, low, close } = candles;
  let { time, price, volume } = before;
  for (let i = from; i < end; i++) {
    time += candles.time[i];
    // Weighed apart, so that two prices of a candle do not change unseen by changing places.
    price += open[i] + 3 * high[i] + 5 * low[i] + 7 * close[i];
    volume += candles.volume[i];
  }
  return { time, price, volume };
}

function profileOf(candles: CandleSeries): VolumeProfile | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (let i = 0; i < candles.length; i++) {
    if (candles.low[i] < low) low = candles.low[i];
    if (candles.high[i] > high) high = candles.high[i];
  }
  const binSize = Math.log(high / low) / PROFILE_BINS;
  return binSize > 0 && Number.isFinite(binSize)
    ? logVolumeProfile(candles, { binSize })
    : undefined;
}

function requireOnGrid({ time, length }: CandleSeries, from: number, timeframe: Timeframe): void {
  for (let i = from; i < length; i++) {
    if (candleOpen(time[i], timeframe) !== time[i]) {
      throw new ScannerError(
        'bad_data',
        `candle row ${i}: a ${timeframe} candle must open on a multiple of ${timeframe}, opened at ${time[i]}`,
      );
    }
  }
}
