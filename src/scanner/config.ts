import type { Timeframe } from '../market/timeframe.js';
import type { Shard } from '../parallel/shard.js';
import type { ScoringSettings } from '../scoring/settings.js';

/**
 * A scanner's settings after defaults: {@link ScoringSettings} and what is scanned, how fast, and how widely.
 *
 * Times are milliseconds, ratios fractions (0.02 is two percent), `…Bps` basis points; money is in quote currency.
 */
export interface ScannerConfig extends ScoringSettings {
  /** The timeframes that are analysed, shortest first. @defaultValue `['1m', '5m', '15m', '1h', '4h']` */
  readonly timeframes: readonly Timeframe[];
  /**
   * Fewest candles read per timeframe, where that many exist. The window starts at a fixed point in time and grows to half
   * as many more before it moves on, so that a repeated scan reads new candles only. @defaultValue 300
   */
  readonly candleLimit: number;
  /** Levels of each side of an order book. @defaultValue 50 */
  readonly orderBookDepth: number;
  /** Public trades per symbol. @defaultValue 200 */
  readonly tradeLimit: number;

  /** Quote currencies that are scanned; every one when absent. @defaultValue `undefined` */
  readonly quotes: readonly string[] | undefined;
  /** Symbols that are scanned, `*` standing for any text; every one when absent. @defaultValue `undefined` */
  readonly include: readonly string[] | undefined;
  /** Symbols that are left out, `*` standing for any text. @defaultValue `[]` */
  readonly exclude: readonly string[];
  /** Shortest time since listing. Markets of unknown age pass. @defaultValue 0 */
  readonly minAgeMs: number;
  /** Only so many markets of the largest 24-hour quote volume; all when absent. @defaultValue `undefined` */
  readonly topByVolume: number | undefined;
  /** Smallest 24-hour quote volume; an unknown volume passes at 0 alone. @defaultValue 1_000_000 */
  readonly minQuoteVolume24h: number;
  /** Smallest absolute 24-hour change, a fraction; an unknown change passes at 0 alone. @defaultValue 0.005 */
  readonly minChange24h: number;
  /** Widest spread between best bid and best ask; an unknown spread passes. @defaultValue 50 */
  readonly maxSpreadBps: number;
  /** This instance's slice of the symbols. @defaultValue `{ index: 0, count: 1 }` */
  readonly shard: Shard;

  /**
   * Whose order books and trades are asked for: those of `all` symbols, or of the `contenders`, whose best possible score could
   * put them among the signals once their candles are known. The signals are the same either way; others are judged without
   * book and trades. With worker threads or a fleet, which know a part of the scan each, and with an AI scorer, which may lift
   * who ranks below, only those are spared that cannot reach `minScore`. @defaultValue 'all'
   */
  readonly evidence: 'all' | 'contenders';
  /** Symbols worked on at once. @defaultValue 5 */
  readonly concurrency: number;
  /** From the start of one scan of `watch` to the start of the next. @defaultValue 30_000 */
  readonly scanIntervalMs: number;
  /** Longest time one symbol may take. @defaultValue 10_000 */
  readonly symbolTimeoutMs: number;
  /** Longest time one scan may take; symbols unfinished by then have failed. @defaultValue 60_000 */
  readonly deadlineMs: number;

  /** The most an AI verdict can add to a score; it can take away half as much again. @defaultValue 0.1 */
  readonly maxAiAdjustment: number;
  /** Longest time the AI scorer may take; base scores stand when it takes longer. @defaultValue 10_000 */
  readonly aiTimeoutMs: number;
}

/** Settings as you pass them: every field optional. */
export type ScannerConfigInput = {
  readonly [Key in keyof ScannerConfig]?: ScannerConfig[Key] | undefined;
};
