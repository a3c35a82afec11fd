import type { Clock, Timers } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';
import type { RateBudget } from '../../ports/rate-budget.js';
import type { MarketType } from './listing.js';

/** How `ccxtProvider` uses an exchange. */
export interface CcxtProviderOptions {
  /**
   * Which markets are listed. Inverse contracts and those with an expiry never are.
   * @defaultValue `['swap']` where the exchange's `options.defaultType` says so, else `['spot']`
   */
  readonly marketTypes?: readonly MarketType[];
  /** Where requests go instead of to the exchange: a proxy that serves its paths. */
  readonly baseUrl?: string;
  /**
   * Whether an order book that was asked for once is pushed from then on, so that asking again takes no request. On Bitget with
   * an exchange of `ccxt.pro`, for books of up to 15 levels; elsewhere it changes nothing.
   * @defaultValue false
   */
  readonly streamBooks?: boolean;
  /**
   * Whether long series of candles are taken from what a subscription to them begins with, which draws on no limit of requests.
   * On Bitget with an exchange of `ccxt.pro`; elsewhere, and where too few come, they are asked for.
   * @defaultValue false
   */
  readonly streamHistory?: boolean;
  /**
   * Longest time a call may take from its first request on, retries included, in milliseconds; for a listing three times as
   * long, for the exchange's time half as long.
   * @defaultValue 8_000
   */
  readonly timeoutMs?: number;
  /**
   * What requests are paid from. Give the same budget to all who share an address with an exchange's limits.
   * @defaultValue one budget for the whole process
   */
  readonly budget?: RateBudget;
  /** Hears of what is odd but harms nothing. */
  readonly logger?: Logger;
  /** The time of the machine. @defaultValue `Date.now` */
  readonly clock?: Clock;
  /** How time passes. @defaultValue the machine's */
  readonly timers?: Timers;
  /** Draws the length of the waits before retries, 0 to 1. @defaultValue `Math.random` */
  readonly random?: () => number;
}
