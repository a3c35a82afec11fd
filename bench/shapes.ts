import {
  CandleSeries,
  type Market,
  OrderBook,
  type Ticker,
  type Timeframe,
  TradeSeries,
  timeframeMs,
} from '../dist/index.js';

export const MINUTE = 60_000;
export const TIMEFRAMES: readonly Timeframe[] = ['1m', '5m', '15m', '1h', '4h'];
const END = Date.UTC(2024, 5, 1);
/** Two hours of new candles follow this moment. */
export const START: number = END - 120 * MINUTE;

/** One market's data on its own scale of time, up to {@link END}. */
export interface Shape {
  readonly series: ReadonlyMap<Timeframe, CandleSeries>;
  /** The newest closed candles of each timeframe as they were last asked for. */
  readonly views: Map<Timeframe, { end: number; limit: number; candles: CandleSeries }>;
  readonly book: OrderBook;
  readonly trades: TradeSeries;
  readonly close: number;
}

export function shape(seed: number): Shape {
  let state = seed;
  const random = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  let close = 100;
  const drift = (random() - 0.5) * 2e-3;
  const series = new Map(
    TIMEFRAMES.map((timeframe) => {
      const span = timeframeMs(timeframe);
      const last = Math.floor(END / span) * span;
      const rows = Array.from({ length: 1_000 }, (_, i) => {
        const open = close;
        close *= Math.exp(drift + (random() - 0.5) * 0.01);
        const wick = 1 + random() * 2e-3;
        return {
          time: last - (1_000 - i) * span,
          open,
          high: Math.max(open, close) * wick,
          low: Math.min(open, close) / wick,
          close,
          volume: random() * 1_000,
        };
      });
      return [timeframe, CandleSeries.from(rows)];
    }),
  );
  const side = (sign: number) =>
    Array.from({ length: 50 }, (_, i): [number, number] => [
      close * (1 + sign * (i + 1) * 1e-4),
      random() * 40,
    ]);
  const book = OrderBook.from({ time: START, bids: side(-1), asks: side(1) });
  const trades = TradeSeries.from(
    Array.from({ length: 200 }, (_, i) => ({
      time: START - (200 - i) * 100,
      price: close,
      amount: 0.01 + random(),
      side: random() < 0.5 ? 'buy' : 'sell',
    })),
  );
  return { series, views: new Map(), book, trades, close };
}

/** The newest closed candles. A view is made once, not for each of the symbols that share it. */
export function newest(
  { series, views }: Shape,
  timeframe: Timeframe,
  limit: number,
  now: number,
): CandleSeries {
  const whole = series.get(timeframe) ?? CandleSeries.empty();
  const end = whole.indexAt(now - timeframeMs(timeframe) + 1);
  const kept = views.get(timeframe);
  if (kept?.end === end && kept.limit === limit) return kept.candles;
  const candles = whole.slice(Math.max(0, end - limit), end);
  views.set(timeframe, { end, limit, candles });
  return candles;
}

export function marketOf(symbol: string): Market {
  return {
    ...{ symbol, base: symbol.slice(0, -5), quote: 'USDT' },
    ...{ tickSize: 1e-4, lotSize: 1e-4, minNotional: 5, takerFeeBps: 5 },
  };
}

export function tickerOf(symbol: string, { close }: Shape, time: number): Ticker {
  return {
    ...{ symbol, time, last: close, bid: close * 0.9999, ask: close * 1.0001 },
    ...{ quoteVolume24h: undefined, change24h: 0.02 },
  };
}
