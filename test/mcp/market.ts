import type { AiScorer } from '../../src/ports/ai-scorer.js';
import { syntheticProvider } from '../../src/providers/synthetic.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import type { MarketSignal } from '../../src/scoring/signal.js';

/** A scanner of an invented exchange, always at the same moment. */
export function scannerWith(aiScorer?: AiScorer): EnhancedMarketScanner {
  return new EnhancedMarketScanner({
    provider: syntheticProvider({ seed: 7 }),
    aiScorer,
    config: { timeframes: ['15m', '1h', '4h'] },
  });
}

/** A price that climbs a little faster than chance. */
export function climb(length = 200): number[] {
  return Array.from({ length }, (_, i) => 100 * Math.exp(0.002 * i + 0.01 * Math.sin(i * 1.7)));
}

/** A signal as far as a reviewer looks at it. */
export function signalOf(symbol: string, changed: Partial<MarketSignal> = {}): MarketSignal {
  return {
    symbol,
    timestamp: 1_714_521_600_000,
    direction: 'long',
    bias: 0.5,
    score: 0.5,
    baseScore: 0.5,
    confidence: 0.7,
    coverage: 0.9,
    trendStrength: 0.4,
    ...changed,
  } as MarketSignal;
}
