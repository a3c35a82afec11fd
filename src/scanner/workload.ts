import type { ScannerConfig } from './config.js';
import { parseScannerConfig } from './config-schema.js';

/**
 * How much a scanner takes on at once. Less of it saves memory and requests; it costs evidence or time, and never a symbol.
 */
export interface Workload {
  /** Levels of each side of an order book. */
  readonly orderBookDepth: number;
  /** Public trades per symbol. */
  readonly tradeLimit: number;
  /** Symbols worked on at once. */
  readonly concurrency: number;
}

/** The part of settings that is a workload. */
export function workloadOf({ orderBookDepth, tradeLimit, concurrency }: Workload): Workload {
  return { orderBookDepth, tradeLimit, concurrency };
}

/** Settings with another workload. @throws ScannerError `config` naming what is wrong with it. */
export function withWorkload(config: ScannerConfig, workload: Partial<Workload>): ScannerConfig {
  return parseScannerConfig({ ...config, ...workload });
}

/** The workload of `now`, where it is not that of `configured`. */
export function changedWorkload(configured: Workload, now: Workload): Workload | undefined {
  const isSame =
    now.orderBookDepth === configured.orderBookDepth &&
    now.tradeLimit === configured.tradeLimit &&
    now.concurrency === configured.concurrency;
  return isSame ? undefined : workloadOf(now);
}
