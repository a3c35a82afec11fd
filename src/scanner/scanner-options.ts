import type { ModelCard } from '../forecast/model-card.js';
import type { Timeframe } from '../market/timeframe.js';
import type { AiScorer } from '../ports/ai-scorer.js';
import type { Clock, Timers } from '../ports/clock.js';
import type { DataProvider, RequestOptions } from '../ports/data-provider.js';
import type { Logger } from '../ports/logger.js';
import type { Factor } from '../scoring/factor.js';
import type { ScannerConfigInput } from './config.js';
import type { ScanExecutor } from './scan-batch.js';

/** What a scanner is made of. Only the provider has no default. */
export interface ScannerOptions {
  /** Where market data comes from. The scanner closes it when it is closed itself. */
  readonly provider: DataProvider;
  /** Gives a second opinion on the best signals. The scanner closes it when it is closed itself. */
  readonly aiScorer?: AiScorer | undefined;
  /** The voices in a score. @defaultValue `defaultFactors` */
  readonly factors?: readonly Factor[] | undefined;
  readonly config?: ScannerConfigInput | undefined;
  /** @defaultValue one that says nothing */
  readonly logger?: Logger | undefined;
  /** Current time, epoch milliseconds. @defaultValue the provider's `fetchTime`, or `Date.now` where it has none */
  readonly clock?: Clock | undefined;
  /**
   * Where symbols are scanned: worker threads, or a fleet of processes. It must have the same source and factors, and the
   * scanner closes it when it is closed itself. @defaultValue this process
   */
  readonly executor?: ScanExecutor | undefined;
  /**
   * The numbers behind every chance, as `ems calibrate` fits them; not beside an `executor`, whose processes have the shipped
   * card. @defaultValue the shipped card
   */
  readonly modelCard?: ModelCard | undefined;
  /** How time passes. @defaultValue the machine's time */
  readonly timers?: Timers | undefined;
}

/** What a watch is asked for. */
export interface WatchOptions extends ScanOptions {
  /** Reports whenever a candle of this timeframe has closed, by the source's clock, instead of every `scanIntervalMs`. */
  readonly on?: Timeframe | undefined;
}

/** What a scan is planned for. */
export interface PlanOptions extends ScanOptions {
  /** How long a request takes there and back, in milliseconds. @defaultValue 100 */
  readonly roundTripMs?: number | undefined;
}

/** What one scan is asked for. */
export interface ScanOptions extends RequestOptions {
  /** Scan these instead of the filtered universe; no rule of the universe is held against them. */
  readonly symbols?: readonly string[] | undefined;
}
