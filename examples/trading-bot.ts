// A trader with an optional scanner. Without one it looks at the day's movers, as it always did; with one attached, the same
// loop works through ranked, explained signals. It considers and writes down what it would do; it never places an order.

import {
  type DataProvider,
  EnhancedMarketScanner,
  type MarketSignal,
} from 'enhanced-market-scanner';
import { syntheticProvider } from 'enhanced-market-scanner/providers';

const EQUITY = 10_000;
const HOUR = 3_600_000;

/** What the trader would do, if it traded. */
interface Intent {
  readonly symbol: string;
  readonly side: 'long' | 'short';
  readonly note: string;
}

class ViperTrader {
  /** Attach one, and the trading loop uses it from its next round on. */
  enhancedScanner: EnhancedMarketScanner | undefined;
  readonly #provider: DataProvider;
  readonly #held = new Map<string, Intent>();

  constructor(provider: DataProvider) {
    this.#provider = provider;
  }

  /** One round of the trading loop. */
  async round(): Promise<void> {
    const intents =
      this.enhancedScanner === undefined
        ? await this.#movers()
        : (await this.enhancedScanner.scan()).signals.flatMap((signal) => consider(signal) ?? []);
    for (const intent of intents) {
      const held = this.#held.get(intent.symbol);
      if (held?.side === intent.side) continue;
      this.#held.set(intent.symbol, intent);
      const verb = held === undefined ? 'would go' : 'would turn';
      console.log(`  ${verb} ${intent.side} ${intent.symbol}: ${intent.note}`);
    }
  }

  /** The fallback: follow the three largest moves of the day. */
  async #movers(): Promise<readonly Intent[]> {
    const markets = await this.#provider.fetchMarkets();
    const tickers = await this.#provider.fetchTickers(markets.map(({ symbol }) => symbol));
    return tickers
      .map(({ symbol, change24h = 0 }) => ({ symbol, change: change24h }))
      .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
      .slice(0, 3)
      .map(({ symbol, change }) => ({
        symbol,
        side: change > 0 ? 'long' : 'short',
        note: `moved ${(change * 100).toFixed(1)}% in a day, reasons unknown`,
      }));
  }
}

/** Takes a signal only with a size it can afford and a risk it can bear. */
function consider(signal: MarketSignal): Intent | undefined {
  const { symbol, direction, positionSize, riskLevel, score, entryPrice, stopLoss } = signal;
  if (direction === 'neutral' || positionSize === undefined || riskLevel === 'extreme') return;
  const risk = (signal.riskFraction * EQUITY).toFixed(0);
  return {
    symbol,
    side: direction,
    note: `score ${score.toFixed(2)}, ${positionSize} at ${entryPrice}, stop ${stopLoss}, risks ${risk}`,
  };
}

const provider = syntheticProvider();
const viper = new ViperTrader(provider);

console.log('Round 1, no scanner:');
await viper.round();

viper.enhancedScanner = new EnhancedMarketScanner({
  provider,
  config: { equity: EQUITY, maxPositions: 4 },
});

for (const number of [2, 3, 4]) {
  provider.advance(HOUR);
  console.log(`Round ${number}, scanner attached:`);
  await viper.round();
}

await viper.enhancedScanner.close();
