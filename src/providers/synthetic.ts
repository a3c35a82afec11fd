import { quote, ScannerError } from '../errors.js';
import { systemTimers } from '../parallel/system-timers.js';
import type { Clock, Timers } from '../ports/clock.js';
import type { DataProvider } from '../ports/data-provider.js';
import { AdvancingClock } from './synthetic/advancing-clock.js';
import { SyntheticExchange } from './synthetic/synthetic-exchange.js';

/** What kind of exchange {@link syntheticProvider} invents. */
export interface SyntheticProviderOptions {
  /**
   * A whole number; each gives another market.
   * @defaultValue 1
   */
  readonly seed?: number;
  /**
   * How many markets, 1 to 10,000.
   * @defaultValue 64
   */
  readonly symbols?: number;
  /**
   * The provider's present: a fixed moment, or a clock. The exchange opened on 2020-01-01.
   * @defaultValue 2024-06-01T00:00:00Z
   */
  readonly now?: number | Clock;
  /**
   * Wakes `watchCandles` where `now` is a clock.
   * @defaultValue the machine's
   */
  readonly timers?: Timers;
}

/** A seeded exchange with a present that can be moved. */
export interface SyntheticProvider
  extends Required<
    Omit<DataProvider, 'close' | 'planRequests' | 'releaseMemory' | 'streamedStretch'>
  > {
  /** The provider's present, epoch milliseconds. */
  now(): number;
  /**
   * Moves the present forward; whoever watches candles receives those that closed meanwhile.
   *
   * @throws ScannerError `config` unless `ms` is a whole number of at least 0.
   */
  advance(ms: number): void;
}

const DEFAULT_SYMBOLS = 64;
const MOST_SYMBOLS = 10_000;
const DEFAULT_PRESENT: number = Date.UTC(2024, 5, 1);

/**
 * An invented exchange: every candle, book and trade is drawn from the seed, and no number in it comes from a real market.
 *
 * The same seed gives the same market to the last bit, whatever is asked and in whatever order, for every moment since
 * 2020-01-01. Markets share a common move and have one of their own; both go through regimes of drift and volatility, with
 * clustered volatility, fat tails and daily hours of activity. Candles of all timeframes are folds of the same minutes, the
 * trades of a minute fold into its candle and reach back one day, the ticker is the last day of candles, and the book stands
 * around the last close. Between two full minutes nothing moves. From the tenth on, some markets are thin, dead, halted,
 * newly listed, interrupted by outages, quoted with a wide spread, or disturbed by a wall that comes and goes.
 *
 * Drifts persist here by construction: what is earned on this market says nothing about any other.
 *
 * @throws ScannerError `config` for a seed that is not a whole number, or a number of symbols out of range.
 *
 * @example
 * ```ts
 * import { syntheticProvider } from 'enhanced-market-scanner/providers';
 *
 * const provider = syntheticProvider({ seed: 7 });
 * const candles = await provider.fetchCandles('BTC/USDT', '1h', 100);
 * provider.advance(3_600_000);
 * ```
 */
export function syntheticProvider(options: SyntheticProviderOptions = {}): SyntheticProvider {
  const { seed = 1, symbols = DEFAULT_SYMBOLS, now = DEFAULT_PRESENT } = options;
  if (!Number.isSafeInteger(seed)) {
    throw new ScannerError('config', `seed must be a whole number, was ${quote(seed)}`);
  }
  if (!(Number.isSafeInteger(symbols) && symbols >= 1 && symbols <= MOST_SYMBOLS)) {
    throw new ScannerError(
      'config',
      `symbols must be an integer from 1 to ${MOST_SYMBOLS}, was ${quote(symbols)}`,
    );
  }
  const clock = new AdvancingClock(now, options.timers ?? systemTimers);
  return new SyntheticExchange(seed, symbols, clock);
}
