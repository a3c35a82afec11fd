import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AiScorer } from '../../src/ports/ai-scorer.js';
import type { DataProvider } from '../../src/ports/data-provider.js';
import { type SyntheticProvider, syntheticProvider } from '../../src/providers/synthetic.js';
import type { ScannerConfigInput } from '../../src/scanner/config.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../../src/scanner/scan-report.js';

const OPEN: ScannerConfigInput = {
  ...{ minQuoteVolume24h: 0, minChange24h: 0, maxSpreadBps: 10_000, timeframes: ['15m', '1h'] },
};

const exchanges = new Map<string, SyntheticProvider>();

/** An invented exchange; its history is drawn once. */
function exchange(seed: number, symbols: number): SyntheticProvider {
  const known = exchanges.get(`${seed} ${symbols}`) ?? syntheticProvider({ seed, symbols });
  exchanges.set(`${seed} ${symbols}`, known);
  return known;
}

interface Scanned {
  readonly report: ScanReport;
  /** Order books and trades that were asked for. */
  readonly asked: number;
}

async function scan(
  seed: number,
  symbols: number,
  config: ScannerConfigInput,
  aiScorer?: AiScorer,
): Promise<Scanned> {
  const source = exchange(seed, symbols);
  let asked = 0;
  const provider: DataProvider = {
    id: source.id,
    fetchTime: () => source.fetchTime(),
    fetchMarkets: (options) => source.fetchMarkets(options),
    fetchTickers: (names, options) => source.fetchTickers(names, options),
    fetchCandles: (...question) => source.fetchCandles(...question),
    fetchOrderBook: (...question) => {
      asked++;
      return source.fetchOrderBook(...question);
    },
    fetchTrades: (...question) => {
      asked++;
      return source.fetchTrades(...question);
    },
  };
  await using scanner = new EnhancedMarketScanner({
    provider,
    config: { ...OPEN, ...config },
    aiScorer,
  });
  const report = await scanner.scan();
  return { report, asked };
}

function names({ signals, rejections, failures }: ScanReport): string[] {
  return [signals, rejections, failures]
    .flat()
    .map(({ symbol }) => symbol)
    .sort();
}

describe('a scan that asks for the evidence of contenders alone', () => {
  test('has the signals of a full scan, to the last bit, and no symbol is lost', async () => {
    let spared = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.record({
          maxPositions: fc.integer({ min: 1, max: 8 }),
          minScore: fc.double({ min: 0, max: 0.5, noNaN: true }),
          concurrency: fc.integer({ min: 1, max: 9 }),
          maxGrossNotional: fc.double({ min: 0.4, max: 5, noNaN: true }),
          maxTotalRisk: fc.double({ min: 0.02, max: 0.2, noNaN: true }),
        }),
        async (seed, config) => {
          const full = await scan(seed, 20, config);
          const pruned = await scan(seed, 20, { ...config, evidence: 'contenders' });
          expect(pruned.report.signals).toEqual(full.report.signals);
          expect(names(pruned.report)).toEqual(names(full.report));
          expect(pruned.asked).toBeLessThanOrEqual(full.asked);
          spared += full.asked - pruned.asked;
        },
      ),
      { numRuns: 20 },
    );
    expect(spared).toBeGreaterThan(0);
  });

  test('asks for a fraction of them where the best fill all places', async () => {
    const config = { maxPositions: 1, minScore: 0.1, concurrency: 2 };
    const full = await scan(7, 60, config);
    const pruned = await scan(7, 60, { ...config, evidence: 'contenders' });
    expect(pruned.report.signals).toEqual(full.report.signals);
    expect(pruned.asked).toBeLessThan(full.asked / 2);
    const outOfReach = pruned.report.rejections.find(
      ({ rule, nearestMiss }) => rule === 'max-positions' && nearestMiss.includes('whatever'),
    );
    expect(outOfReach?.quality).toContain('no-order-book');
  });

  test('lets an AI scorer see everyone it could lift', async () => {
    const seen: string[][] = [];
    const aiScorer: AiScorer = {
      id: 'watching',
      review: async (signals) => {
        seen.push(signals.map(({ symbol, score }) => `${symbol} ${score}`));
        return new Map();
      },
    };
    const config = { maxPositions: 2, minScore: 0.1 };
    await scan(7, 40, config, aiScorer);
    await scan(7, 40, { ...config, evidence: 'contenders' }, aiScorer);
    expect(seen[1]).toEqual(seen[0]);
  });
});
