import { onTestFinished } from 'vitest';
import { ScannerError } from '../../src/errors.js';
import { limiter } from '../../src/parallel/bounded-map.js';
import { sleep } from '../../src/parallel/deadline.js';
import type { AiScorer } from '../../src/ports/ai-scorer.js';
import type { DataProvider } from '../../src/ports/data-provider.js';
import { silentLogger } from '../../src/ports/logger.js';
import { cachedProvider } from '../../src/providers/cached.js';
import { syntheticProvider } from '../../src/providers/synthetic.js';
import { BatchScanner, type BatchScannerOptions } from '../../src/scanner/batch-scanner.js';
import type { ScannerConfigInput } from '../../src/scanner/config.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import type { ScanExecutor } from '../../src/scanner/scan-batch.js';
import { defineFactor } from '../../src/scoring/factor.js';
import type { AlertId } from '../../src/service/alert.js';
import type { KeeperOptions } from '../../src/service/keeper-options.js';
import { ScanKeeper } from '../../src/service/scan-keeper.js';
import { settle, VirtualTimers } from '../parallel/virtual-timers.js';
import { risingMarket } from './rising-market.js';

export const INTERVAL_MS = 30_000;
/** Where market time begins. */
const BEGIN = Date.UTC(2024, 5, 1);

const CONFIG: ScannerConfigInput = {
  timeframes: ['15m', '1h'],
  candleLimit: 100,
  minChange24h: 0,
  minRewardToRisk: 0,
  maxSpreadBps: 1_000,
  minQuoteVolume24h: 0,
  scanIntervalMs: INTERVAL_MS,
};

/** What it takes for signals to give a chance, and for three scans to tell what became of them. */
const CHANCES: ScannerConfigInput = {
  timeframes: ['5m', '15m', '1h'],
  candleLimit: 300,
  planTimeframe: '5m',
  horizonMs: 6 * 3_600_000,
};
/** Market time to the time of the service: from scan to scan a quarter of an hour, or two hours. */
const PACE = 30;
const FAST_PACE = 240;

/** What a test turns while the service runs. */
export interface Dials {
  /** The share of symbols that fail. */
  failing: number;
  /** How long the source takes to list its tickers. */
  slownessMs: number;
  sourceIsDown: boolean;
  /** The bias of every signal: its size is the score, its sign says whether to buy. */
  bias: number;
  aiIsDown: boolean;
  executorIsDown: boolean;
  workers: number;
  memoryUsage: number;
  cpuUsage: number;
}

/** What a scanner has besides its source. */
interface Parts {
  readonly ai?: true;
  readonly executor?: true;
  /** Prices that rise and rise. */
  readonly rising?: true;
}

/** A service without its HTTP server, in a time of its own, over an exchange that can be made to misbehave. */
export class KeptScanner {
  readonly dials: Dials = {
    failing: 0,
    slownessMs: 0,
    sourceIsDown: false,
    bias: 0.6,
    aiIsDown: false,
    executorIsDown: false,
    workers: 3,
    memoryUsage: 0.4,
    cpuUsage: 0.2,
  };
  /** How many scanners were made, and how often the AI scorer was told to connect anew. */
  readonly counts = { made: 0, closed: 0, reconnects: 0 };
  readonly symbols = new Set<string>();
  readonly #timers = new VirtualTimers();
  #cache: ReturnType<typeof cachedProvider> | undefined;
  #keeper: ScanKeeper | undefined;

  /** Begins to scan, with an AI scorer and an executor where they are asked for. */
  static async start(has: Parts = {}, options: Partial<KeeperOptions> = {}): Promise<KeptScanner> {
    const kept = new KeptScanner();
    kept.#keeper = await ScanKeeper.create({
      scanner: () => kept.makeScanner(has),
      timers: kept.#timers,
      usage: () => ({ ...kept.dials, memoryBytes: 0 }),
      ...options,
    });
    onTestFinished(() => kept.keeper.close());
    kept.keeper.events.on('scan', ({ report }) => {
      for (const { symbol } of [report.signals, report.rejections, report.failures].flat())
        kept.symbols.add(symbol);
    });
    kept.keeper.start();
    await kept.scans(1);
    return kept;
  }

  get keeper(): ScanKeeper {
    if (this.#keeper === undefined) throw new Error('the service has not been started');
    return this.#keeper;
  }

  get alerts(): readonly AlertId[] {
    return this.keeper.status().alerts.map(({ id }) => id);
  }

  get actions(): readonly string[] {
    return this.keeper.status().recoveries.map(({ action }) => action);
  }

  get cachedBytes(): number {
    return this.#cache?.statistics().bytes ?? 0;
  }

  /** Lets time pass until so many scans more have ended, and all that follows from them. */
  async scans(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const ended = new Promise<boolean>((resolve) => {
        const stop = this.keeper.events.on('scan', () => {
          stop();
          resolve(true);
        });
      });
      while (!(await Promise.race([ended, settle().then(() => false)]))) {
        await this.#timers.advance(1_000);
      }
      await settle();
    }
  }

  /** A scanner of this exchange. */
  makeScanner({ ai, executor, rising }: Parts = {}): EnhancedMarketScanner {
    this.counts.made++;
    const { dials } = this;
    const source = this.#source(rising ? FAST_PACE : PACE);
    const provider = cachedProvider(rising ? risingMarket(source, BEGIN) : source);
    this.#cache = provider;
    const dial = defineFactor({
      id: 'dial',
      needs: ['candles'],
      weight: 1,
      evaluate: () => ({ bias: dials.bias, confidence: 1, reason: 'as it was set' }),
    });
    const timers = this.#timers;
    const tools = { provider, factors: [dial], timers, logger: silentLogger, limit: limiter(5) };
    return new EnhancedMarketScanner({
      provider,
      config: { ...CONFIG, ...(rising && CHANCES) },
      timers,
      aiScorer: ai && this.#analyst(),
      executor: executor && brittle(dials, tools),
      factors: tools.factors,
    });
  }

  #source(pace: number): DataProvider {
    const { dials, counts } = this;
    const source = syntheticProvider({ seed: 3, symbols: 12, now: BEGIN });
    return {
      id: source.id,
      // Time passes from scan to scan, so that each has candles to ask for.
      fetchTime: async () => source.now() + Math.round(this.#timers.elapsed() * pace),
      async fetchMarkets(options) {
        if (dials.sourceIsDown) throw new ScannerError('network', 'the exchange is away');
        return source.fetchMarkets(options);
      },
      fetchTickers: async (symbols, options) => {
        if (dials.sourceIsDown) throw new ScannerError('network', 'the exchange is away');
        if (dials.slownessMs > 0) await sleep(dials.slownessMs, this.#timers);
        return source.fetchTickers(symbols, options);
      },
      async fetchCandles(symbol, timeframe, limit, options) {
        // A ticker that every symbol has cannot fail for one of them; its candles can.
        const place = [...symbol].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 10;
        if (place < dials.failing * 10) throw new ScannerError('network', 'reset', { symbol });
        return source.fetchCandles(symbol, timeframe, limit, options);
      },
      close: async () => void counts.closed++,
    };
  }

  #analyst(): AiScorer {
    const { dials, counts } = this;
    return {
      id: 'analyst',
      async review() {
        if (dials.aiIsDown) throw new ScannerError('ai_scorer', 'the analyst does not answer');
        return new Map();
      },
      reconnect: async () => void counts.reconnects++,
    };
  }
}

/** An executor that does the work of the scanner it is given to, as long as it is there. */
function brittle(dials: Dials, tools: BatchScannerOptions): ScanExecutor {
  const scanner = new BatchScanner(tools);
  return {
    id: 'brittle',
    batchCount: () => 2,
    async execute(batches, options) {
      if (dials.executorIsDown) throw new ScannerError('network', 'the queue is away');
      await Promise.all(batches.map((batch) => scanner.scan(batch, options)));
    },
  };
}
