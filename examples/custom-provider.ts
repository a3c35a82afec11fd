// A venue of your own. A provider is an object with three methods; this one computes two markets, yours would ask an exchange
// or a database. It has no order book and no trades, and says so by leaving those methods out: the scanner then knows that
// evidence is missing, lowers the coverage of each score, and widens its interval.

import {
  CandleSeries,
  candleOpen,
  type DataProvider,
  EnhancedMarketScanner,
  type Market,
  ScannerError,
  type Timeframe,
  timeframeMs,
} from 'enhanced-market-scanner';

const NOW = Date.UTC(2024, 4, 1);
const HOUR = 3_600_000;

/** The price of each market at any moment: one climbs, one swings about its mean. */
const PRICES: Readonly<Record<string, (time: number) => number>> = {
  'CLIMB/USDT': (time) => 50 * Math.exp((time - NOW) / (900 * HOUR)) + ripple(time),
  'SWING/USDT': (time) => 20 + 0.8 * Math.sin(time / (9 * HOUR)) + ripple(time),
};

function ripple(time: number): number {
  return 0.05 * Math.sin(time / (0.13 * HOUR)) + 0.03 * Math.sin(time / (0.031 * HOUR));
}

function priceOf(symbol: string): (time: number) => number {
  const price = PRICES[symbol];
  if (price === undefined) throw new ScannerError('unknown_symbol', `formula has no ${symbol}`);
  return price;
}

function market(symbol: string): Market {
  const [base, quote] = symbol.split('/');
  return { symbol, base, quote, tickSize: 0.001, lotSize: 0.01, minNotional: 5, takerFeeBps: 10 };
}

/** Closed candles only: the last one ended at `asOf` or before, whatever moment that is. */
function candles(symbol: string, timeframe: Timeframe, limit: number, asOf: number): CandleSeries {
  const price = priceOf(symbol);
  const length = timeframeMs(timeframe);
  const newest = candleOpen(asOf, timeframe) - length;
  return CandleSeries.from(
    Array.from({ length: limit }, (_, index) => {
      const time = newest - (limit - 1 - index) * length;
      const open = price(time);
      const close = price(time + length);
      const reach = Math.abs(close - open) / 2 + 0.01;
      return {
        time,
        open,
        high: Math.max(open, close) + reach,
        low: Math.min(open, close) - reach,
        close,
        volume: (length / HOUR) * 40_000,
      };
    }),
  );
}

const provider: DataProvider = {
  id: 'formula',
  async fetchTime() {
    return NOW;
  },
  async fetchMarkets() {
    return Object.keys(PRICES).map(market);
  },
  async fetchTickers(symbols, { asOf = NOW } = {}) {
    return symbols.map((symbol) => {
      const price = priceOf(symbol);
      const last = price(asOf);
      return {
        symbol,
        time: asOf,
        last,
        bid: last - 0.001,
        ask: last + 0.001,
        quoteVolume24h: 24 * 40_000 * last,
        change24h: last / price(asOf - 24 * HOUR) - 1,
      };
    });
  },
  async fetchCandles(symbol, timeframe, limit, { asOf = NOW } = {}) {
    return candles(symbol, timeframe, limit, asOf);
  },
};

const scanner = new EnhancedMarketScanner({
  provider,
  config: { minQuoteVolume24h: 0, minChange24h: 0 },
});

const { signals, rejections } = await scanner.scan();

for (const { symbol, direction, score, scoreInterval, coverage, quality } of signals) {
  const [low, high] = scoreInterval.map((bound) => bound.toFixed(2));
  console.log(`${symbol} is a ${direction} of score ${score.toFixed(2)}`);
  console.log(`  ${(coverage * 100).toFixed(0)}% of the evidence was there: ${low} to ${high}`);
  console.log(`  missing or wrong: ${quality.join(', ')}`);
}
for (const { symbol, rule, nearestMiss } of rejections) {
  console.log(`${symbol} is no signal by ${rule}: ${nearestMiss}`);
}

await scanner.close();
