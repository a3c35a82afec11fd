import type { CandleSeries } from '../market/candle-series.js';
import { candleOpen, type Timeframe, timeframeMs } from '../market/timeframe.js';

const DAY_MS = 86_400_000;
/** Friday's close to Tuesday's open, when Monday is a holiday. */
const LONGEST_WEEKEND_MS = 4 * DAY_MS;

/** How whole the candles of one timeframe are. */
export interface Continuity {
  /** Missing candles over all there should be, closed weekends apart, 0 to 1. */
  readonly gapShare: number;
  /** Share of candles in which nothing traded, 0 to 1. */
  readonly silentShare: number;
  /** The largest ratio of two adjacent closes, either way up; 1 before the second candle. */
  readonly jump: number;
  /** The largest of these ratios across a halt: missing candles, a weekend among them, or silent ones; 1 without a halt. */
  readonly haltJump: number;
}

/** Of no candles, or of candles without a fault. */
export const UNBROKEN: Continuity = { gapShare: 0, silentShare: 0, jump: 1, haltJump: 1 };

/**
 * Counts gaps, silence and jumps as candles arrive. What it says depends on the candles from the first one on alone, so one that
 * was kept agrees with one that starts over.
 */
export class ContinuityReader {
  readonly #span: number;
  #missing = 0;
  #silent = 0;
  #jump = 1;
  #haltJump = 1;
  #continuity: Continuity = UNBROKEN;

  constructor(timeframe: Timeframe) {
    this.#span = timeframeMs(timeframe);
  }

  /** What was found in the candles read so far. */
  get continuity(): Continuity {
    return this.#continuity;
  }

  /** Reads the candles of a series from index `from` on; those before it are the ones read so far. */
  read({ time, close, volume, length }: CandleSeries, from = 0): void {
    for (let i = from; i < length; i++) {
      const isSilent = volume[i] === 0;
      if (isSilent) this.#silent++;
      if (i === 0) continue;
      const due = time[i - 1] + this.#span;
      // Where nobody traded some sources leave candles out, and others repeat the last price.
      this.#jumpBy(close[i] / close[i - 1], time[i] > due || isSilent || volume[i - 1] === 0);
      if (time[i] > due && !isWeekend(due, time[i])) this.#missing += (time[i] - due) / this.#span;
    }
    const count = Math.max(1, length);
    this.#continuity = {
      gapShare: this.#missing / (count + this.#missing),
      silentShare: this.#silent / count,
      jump: this.#jump,
      haltJump: this.#haltJump,
    };
  }

  #jumpBy(ratio: number, isHalted: boolean): void {
    const jump = ratio < 1 ? 1 / ratio : ratio;
    if (jump > this.#jump) this.#jump = jump;
    if (isHalted && jump > this.#haltJump) this.#haltJump = jump;
  }
}

/** The continuity of a whole series. */
export function continuityOf(candles: CandleSeries, timeframe: Timeframe): Continuity {
  const reader = new ContinuityReader(timeframe);
  reader.read(candles);
  return reader.continuity;
}

// Currency and stock markets close from Friday to Sunday or Monday; a market that never trades on Saturday has lost nothing.
function isWeekend(from: number, to: number): boolean {
  const saturday = candleOpen(from, '1w') + 5 * DAY_MS;
  return from <= saturday && to >= saturday + DAY_MS && to - from <= LONGEST_WEEKEND_MS;
}
