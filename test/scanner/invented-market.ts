import { CandleSeries } from '../../src/market/candle-series.js';
import type { Market } from '../../src/market/market.js';
import { OrderBook } from '../../src/market/order-book.js';
import type { Ticker } from '../../src/market/ticker.js';
import { TradeSeries } from '../../src/market/trade-series.js';
import type { DataProvider } from '../../src/ports/data-provider.js';
import { memoryProvider } from '../../src/providers/memory.js';
import type { ScannerConfigInput } from '../../src/scanner/config.js';

export const MINUTE = 60_000;
/** The moment the invented data ends; a multiple of every timeframe below a week. */
export const END: number = Date.UTC(2024, 0, 10);

/** Settings under which the invented markets, a week of minutes each, are scanned quickly and let through. */
export const SETTINGS: ScannerConfigInput = {
  timeframes: ['1m', '5m', '15m'],
  candleLimit: 100,
  minQuoteVolume24h: 0,
  minChange24h: 0,
  maxSpreadBps: 1_000,
  minScore: 0.05,
  minConfidence: 0,
  minRewardToRisk: 0,
};

/** Everything there is to know about one market, as plain numbers that a test can turn over. */
export interface Invented {
  readonly symbol: string;
  readonly candles: readonly {
    time: number;
    open: number;
    high: number;
    low: number;
    close: number;
    volume: number;
  }[];
  readonly spread: number;
  readonly depth: readonly (readonly [distance: number, bidAmount: number, askAmount: number])[];
  readonly trades: readonly { time: number; price: number; amount: number; side: 'buy' | 'sell' }[];
}

/** A repeatable stream of numbers from 0 to 1 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A week of a random walk with drift, its book and its last trades. */
export function inventMarket(symbol: string, seed: number, minutes = 2_400): Invented {
  const random = randomFrom(seed);
  const drift = (random() - 0.5) * 4e-4;
  let price = 100;
  const candles = Array.from({ length: minutes }, (_, i) => {
    const open = price;
    price *= Math.exp(drift + (random() - 0.5) * 4e-3);
    const wick = 1 + random() * 1e-3;
    return {
      time: END - (minutes - i) * MINUTE,
      open,
      high: Math.max(open, price) * wick,
      low: Math.min(open, price) / wick,
      close: price,
      volume: 50 + random() * 100,
    };
  });
  return {
    symbol,
    candles,
    spread: 2e-4,
    depth: Array.from({ length: 20 }, (_, i) => [
      (i + 1) * 1e-4,
      1 + random() * 30,
      1 + random() * 30,
    ]),
    trades: Array.from({ length: 50 }, (_, i) => ({
      time: END - (50 - i) * 500,
      price,
      amount: 0.1 + random(),
      side: random() < 0.5 ? 'buy' : 'sell',
    })),
  };
}

/** The market with every price `p` turned into `10000 / p`: what rose falls, who bought sells. */
export function mirrored(market: Invented): Invented {
  const flip = (price: number): number => 10_000 / price;
  return {
    ...market,
    candles: market.candles.map(({ open, high, low, close, ...rest }) => ({
      ...rest,
      open: flip(open),
      high: flip(low),
      low: flip(high),
      close: flip(close),
    })),
    depth: market.depth.map(([distance, bid, ask]) => [distance, ask, bid]),
    trades: market.trades.map(({ price, side, ...rest }) => ({
      ...rest,
      price: flip(price),
      side: side === 'buy' ? 'sell' : 'buy',
    })),
  };
}

/** The market with every price multiplied, amounts divided, so that its turnover stays. */
export function scaled(market: Invented, factor: number): Invented {
  return {
    ...market,
    candles: market.candles.map((candle) => ({
      ...candle,
      open: candle.open * factor,
      high: candle.high * factor,
      low: candle.low * factor,
      close: candle.close * factor,
    })),
    trades: market.trades.map((trade) => ({ ...trade, price: trade.price * factor })),
  };
}

/** The trading rules of an invented market: steps too fine to matter. */
export function rulesOf(symbol: string): Market {
  const [base, quote] = symbol.split('/');
  return { symbol, base, quote, tickSize: 1e-9, lotSize: 1e-6, minNotional: 1, takerFeeBps: 5 };
}

/** A provider that serves invented markets. */
export function provide(markets: readonly Invented[]): DataProvider {
  return memoryProvider({
    markets: markets.map(({ symbol }) => rulesOf(symbol)),
    candles: Object.fromEntries(
      markets.map(({ symbol, candles }) => [symbol, { '1m': CandleSeries.from(candles) }]),
    ),
    tickers: markets.map(tickerOf),
    orderBooks: Object.fromEntries(markets.map((market) => [market.symbol, bookOf(market)])),
    trades: Object.fromEntries(
      markets.map(({ symbol, trades }) => [symbol, TradeSeries.from(trades)]),
    ),
  });
}

function lastOf({ candles }: Invented): number {
  return candles[candles.length - 1].close;
}

function tickerOf(market: Invented): Ticker {
  const last = lastOf(market);
  const turnover = market.candles
    .slice(-1_440)
    .reduce((sum, { close, volume }) => sum + close * volume, 0);
  return {
    symbol: market.symbol,
    time: END,
    last,
    bid: last * Math.exp(-market.spread / 2),
    ask: last * Math.exp(market.spread / 2),
    quoteVolume24h: turnover,
    change24h: 0.02,
  };
}

function bookOf(market: Invented): OrderBook {
  const last = lastOf(market);
  const level = (distance: number, amount: number, sign: 1 | -1) =>
    [last * Math.exp(sign * (market.spread / 2 + distance)), amount] as const;
  return OrderBook.from({
    time: END,
    bids: market.depth.map(([distance, bid]) => level(distance, bid, -1)),
    asks: market.depth.map(([distance, , ask]) => level(distance, ask, 1)),
  });
}
