import fc from 'fast-check';
import { regimeReading } from '../../src/analysis/regime/regime-reading.js';
import { readTimeframe } from '../../src/analysis/timeframe-reader.js';
import { logVolumeProfile } from '../../src/analysis/volume-profile/volume-profile.js';
import { type Candle, CandleSeries } from '../../src/market/candle-series.js';
import { type BookLevel, OrderBook } from '../../src/market/order-book.js';
import { type Timeframe, timeframeMs } from '../../src/market/timeframe.js';
import { type Trade, TradeSeries } from '../../src/market/trade-series.js';
import { defaultFactors } from '../../src/scoring/factors/default-factors.js';
import type { ScoringInput } from '../../src/scoring/judgement.js';
import { DEFAULT_SCORING_SETTINGS } from '../../src/scoring/settings.js';
import { market, NOW } from './fixtures.js';

/** Everything a venue would tell about one symbol. */
export interface RawMarket {
  readonly candles: ReadonlyMap<Timeframe, readonly Candle[]>;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
  readonly trades: readonly Trade[];
  readonly change24h: number;
}

/** Lehmer's generator, from 0 to just under 1. */
export function lehmer(seed: number): () => number {
  let state = 48_271 * (seed + 1);
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** A random walk that ends now, with a drift of its own. */
function walk(timeframe: Timeframe, length: number, first: number, random: () => number): Candle[] {
  const span = timeframeMs(timeframe);
  const drift = 0.008 * (random() - 0.5);
  let close = first;
  return Array.from({ length }, (_, i) => {
    const open = close;
    close = open * Math.exp(drift + 0.02 * (random() - 0.5));
    const high = Math.max(open, close) * Math.exp(0.005 * random());
    const low = Math.min(open, close) * Math.exp(-0.005 * random());
    return { time: NOW - (length - i) * span, open, high, low, close, volume: 1000 * random() };
  });
}

/** Two timeframes, a book of twenty levels a side, and thirty trades. */
function rawMarket(seed: number): RawMarket {
  const random = lehmer(seed);
  const first = 1 + 1000 * random();
  const plan = walk('1h', 100, first, random);
  const last = plan[plan.length - 1].close;
  const spread = 0.0001 + 0.004 * random();
  const levels = (side: number): BookLevel[] =>
    Array.from({ length: 20 }, (_, i) => [
      last * Math.exp(side * spread * (i + 0.5)),
      1 + 1000 * random(),
    ]);
  return {
    candles: new Map([['15m', walk('15m', 120, first, random)] as const, ['1h', plan] as const]),
    bids: levels(-1),
    asks: levels(1),
    trades: Array.from({ length: 30 }, (_, i) => ({
      time: NOW - 1000 * (30 - i),
      price: last,
      amount: 1 + 1000 * random(),
      side: random() < 0.5 ? 'buy' : 'sell',
    })),
    change24h: 0.6 * (random() - 0.5),
  };
}

/**
 * Markets without ties. Between equals a published rule has to choose (a value area grows upward), and a market that moves by
 * binary noise alone has no mirror image; fast-check's own small examples are full of both.
 */
export const anyRawMarket: fc.Arbitrary<RawMarket> = fc.nat(1_000_000).map(rawMarket);

/** The market seen upside down: every price `p` becomes `10_000 / p`, buyers become sellers. */
export function mirrored(raw: RawMarket): RawMarket {
  const flip = (price: number): number => 10_000 / price;
  const level = ([price, amount]: BookLevel): BookLevel => [flip(price), amount];
  return {
    candles: mapCandles(raw, ({ open, high, low, close, ...rest }) => ({
      ...rest,
      open: flip(open),
      high: flip(low),
      low: flip(high),
      close: flip(close),
    })),
    bids: raw.asks.map(level),
    asks: raw.bids.map(level),
    trades: raw.trades.map((trade) => ({
      ...trade,
      price: flip(trade.price),
      side: trade.side === 'buy' ? 'sell' : 'buy',
    })),
    change24h: 1 / (1 + raw.change24h) - 1,
  };
}

/** The market with every price `factor` times as high. */
export function scaled(raw: RawMarket, factor: number): RawMarket {
  const level = ([price, amount]: BookLevel): BookLevel => [price * factor, amount];
  return {
    ...raw,
    candles: mapCandles(raw, ({ open, high, low, close, ...rest }) => ({
      ...rest,
      open: open * factor,
      high: high * factor,
      low: low * factor,
      close: close * factor,
    })),
    bids: raw.bids.map(level),
    asks: raw.asks.map(level),
    trades: raw.trades.map((trade) => ({ ...trade, price: trade.price * factor })),
  };
}

function mapCandles(raw: RawMarket, change: (candle: Candle) => Candle): RawMarket['candles'] {
  return new Map([...raw.candles].map(([timeframe, list]) => [timeframe, list.map(change)]));
}

/** What the scanner would make of it, scored by the default factors. */
export function inputOf(raw: RawMarket): ScoringInput {
  const candles = new Map(
    [...raw.candles].map(([timeframe, list]) => [timeframe, CandleSeries.from(list)] as const),
  );
  const plan = candles.get('1h') ?? CandleSeries.empty();
  return {
    snapshot: {
      market,
      time: NOW,
      ticker: {
        symbol: market.symbol,
        time: NOW,
        last: plan.close[plan.length - 1],
        bid: raw.bids[0][0],
        ask: raw.asks[0][0],
        quoteVolume24h: 1e7,
        change24h: raw.change24h,
      },
      candles,
      readings: new Map(
        [...candles].map(([timeframe, series]) => [timeframe, readTimeframe(series)] as const),
      ),
      volumeProfile: logVolumeProfile(plan, { binSize: 0.002 }),
      regime: regimeReading(plan),
      orderBook: OrderBook.from({ time: NOW, bids: raw.bids, asks: raw.asks }),
      trades: TradeSeries.from(raw.trades),
    },
    timestamp: NOW,
    timeframes: ['15m', '1h'],
    factors: defaultFactors,
    settings: DEFAULT_SCORING_SETTINGS,
  };
}
