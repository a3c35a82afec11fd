import type { TimeframeReadings } from '../../src/analysis/timeframe-reader.js';
import type { Market } from '../../src/market/market.js';
import { OrderBook } from '../../src/market/order-book.js';
import type { Ticker } from '../../src/market/ticker.js';
import type { Timeframe } from '../../src/market/timeframe.js';
import type { Factor, FactorReading } from '../../src/scoring/factor.js';
import type { ScoringInput } from '../../src/scoring/judgement.js';
import { DEFAULT_SCORING_SETTINGS, type ScoringSettings } from '../../src/scoring/settings.js';
import type { PartialSnapshot } from '../../src/scoring/voices.js';

export const HOUR = 3_600_000;
export const NOW = 500_000 * HOUR;

export const market: Market = {
  symbol: 'AAA/USDT',
  base: 'AAA',
  quote: 'USDT',
  tickSize: 0.01,
  lotSize: 0.001,
  minNotional: 5,
  takerFeeBps: 5,
};

export const ticker: Ticker = {
  symbol: market.symbol,
  time: NOW,
  last: 100,
  bid: 99.99,
  ask: 100.01,
  quoteVolume24h: 2e6,
  change24h: 0.01,
};

/** Readings of a market that has moved about one per cent an hour. */
export function readings(changed: Partial<TimeframeReadings> = {}): TimeframeReadings {
  return {
    count: 300,
    time: NOW - HOUR,
    close: 100,
    rsi: 55,
    macd: 0.001,
    macdSignal: 0.0008,
    macdHistogram: 0.0002,
    atr: 0.01,
    adx: 22,
    plusDi: 24,
    minusDi: 18,
    bandPosition: 0.3,
    bandWidth: 0.04,
    stochasticK: 60,
    stochasticD: 55,
    emaDistance20: 0.002,
    emaDistance50: 0.004,
    emaDistance200: 0.01,
    vwapDistance: 0.003,
    volumeFlow: 0.1,
    relativeVolume: 1.3,
    roc: 0.01,
    slope: 0.0004,
    slopeT: 4,
    trendStrength: 0.9,
    efficiency: 0.35,
    volatility: 0.01,
    ...changed,
  };
}

/** A factor that always says the same; `undefined` abstains. */
export function says(
  id: string,
  weight: number,
  reading: Partial<FactorReading> | undefined,
): Factor {
  const full = reading && { bias: 0, confidence: 1, reason: `${id} says so`, ...reading };
  return { id, needs: [], weight, evaluate: () => full };
}

export function snapshot(changed: Partial<PartialSnapshot> = {}): PartialSnapshot {
  return {
    market,
    time: NOW,
    ticker,
    readings: new Map<Timeframe, TimeframeReadings>([['1h', readings()]]),
    ...changed,
  };
}

/** A clean market of which one factor is sure that it rises by 0.6. */
export function scoringInput(
  changed: Partial<Omit<ScoringInput, 'settings'>> & { settings?: Partial<ScoringSettings> } = {},
): ScoringInput {
  return {
    snapshot: snapshot(),
    timestamp: NOW,
    timeframes: ['1h'],
    factors: [says('trend', 1, { bias: 0.6, confidence: 0.8 })],
    ...changed,
    settings: { ...DEFAULT_SCORING_SETTINGS, ...changed.settings },
  };
}

/** A book of ten levels a side, each a tick apart with `amount` resting. */
export function book(bid: number, ask: number, amount: number, tick = 0.01): OrderBook {
  const side = (best: number, step: number): [number, number][] =>
    Array.from({ length: 10 }, (_, i) => [best + i * step, amount]);
  return OrderBook.from({ time: NOW, bids: side(bid, -tick), asks: side(ask, tick) });
}
