import type { Market } from '../market/market.js';
import type { Ticker } from '../market/ticker.js';
import { toBps } from '../market/units.js';
import { type Miss, thresholdMiss } from '../scoring/rejection.js';
import type { ScannerConfig } from './config.js';
import { fits } from './wildcard.js';

/** A rule that needs the market's own data alone; `undefined` when the market passes. */
export interface MarketRule {
  readonly id: string;
  readonly check: (market: Market, config: ScannerConfig, asOf: number) => Miss | undefined;
}

/** A rule that needs the market's last 24 hours; `undefined` when the market passes. */
export interface TickerRule {
  readonly id: string;
  readonly check: (ticker: Ticker, config: ScannerConfig) => Miss | undefined;
}

/** The rules held against a market before anything is fetched for it, in the order of the funnel. */
export const MARKET_RULES: readonly MarketRule[] = [
  {
    id: 'quote',
    check: ({ quote }, { quotes }) =>
      quotes === undefined || quotes.includes(quote)
        ? undefined
        : listed('quote', `quotes with ${quote}`),
  },
  {
    id: 'include',
    check: ({ symbol }, { include }) =>
      include === undefined || include.some((pattern) => fits(symbol, pattern))
        ? undefined
        : listed('include', `include with ${symbol}`),
  },
  {
    id: 'exclude',
    check: ({ symbol }, { exclude }) => {
      const pattern = exclude.find((excluded) => fits(symbol, excluded));
      return pattern === undefined ? undefined : listed('exclude', `exclude without ${pattern}`);
    },
  },
  {
    id: 'age',
    check: ({ listedAt }, { minAgeMs }, asOf) =>
      // Most sources do not say when a market was listed; a short history lowers the score of a young one anyway.
      listedAt === undefined
        ? undefined
        : thresholdMiss({
            rule: 'age',
            setting: 'minAgeMs',
            value: asOf - listedAt,
            threshold: minAgeMs,
            sense: 'at-least',
          }),
  },
];

/** The rules held against a market's ticker, in the order of the funnel. */
export const TICKER_RULES: readonly TickerRule[] = [
  {
    id: 'min-volume',
    check: ({ quoteVolume24h }, { minQuoteVolume24h }) =>
      atLeast('min-volume', 'minQuoteVolume24h', quoteVolume24h, minQuoteVolume24h),
  },
  {
    id: 'min-change',
    check: ({ change24h }, { minChange24h }) =>
      atLeast('min-change', 'minChange24h', change24h && Math.abs(change24h), minChange24h),
  },
  {
    id: 'max-spread',
    check: (ticker, { maxSpreadBps }) => {
      const value = spreadBps(ticker);
      // The order book, where there is one, tells what the ticker does not.
      if (value === undefined) return undefined;
      return thresholdMiss({
        rule: 'max-spread',
        setting: 'maxSpreadBps',
        value,
        threshold: maxSpreadBps,
        sense: 'at-most',
      });
    },
  },
];

/** Held against markets ranked by 24-hour quote volume, the largest being 1. */
export function rankMiss(rank: number, topByVolume: number): Miss | undefined {
  return thresholdMiss({
    rule: 'top-by-volume',
    setting: 'topByVolume',
    value: rank,
    threshold: topByVolume,
    sense: 'at-most',
  });
}

/** An unknown value passes a rule that demands nothing, and no other: what is not known is not enough. */
function atLeast(
  rule: string,
  setting: string,
  value: number | undefined,
  threshold: number,
): Miss | undefined {
  if (value !== undefined) {
    return thresholdMiss({ rule, setting, value, threshold, sense: 'at-least' });
  }
  if (threshold === 0) return undefined;
  return {
    rule,
    value,
    threshold,
    sense: 'at-least',
    remedy: { setting, to: 0 },
    detail: () => 'the source does not give this value',
  };
}

function listed(rule: string, change: string): Miss {
  return {
    rule,
    value: undefined,
    threshold: undefined,
    sense: 'at-least',
    remedy: undefined,
    change,
  };
}

/** As a difference of logarithms, so that a market and its mirror image have one spread. */
function spreadBps({ bid, ask }: Ticker): number | undefined {
  return bid === undefined || ask === undefined ? undefined : toBps(Math.log(ask / bid));
}
