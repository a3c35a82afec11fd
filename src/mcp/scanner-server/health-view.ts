import { z } from 'zod';
import { plain } from './scan-view.js';
import type { ServedScanner } from './served-scanner.js';

/** Whether a scanner does its work, as an assistant is shown it. */
export interface HealthView {
  readonly health_status: string;
  readonly reasons: readonly string[];
  readonly source: string;
  readonly ai: string;
  /** Where each server of the AI scorer stands; `open` is left alone for a while because it failed too often. */
  readonly ai_servers: readonly string[];
  readonly last_scan_at?: number;
  readonly active_symbols: number;
  readonly scans: number;
  readonly error_rate: number;
  readonly mean_scan_ms: number;
}

export function healthView({ scanner, aiServers }: ServedScanner): HealthView {
  const { status, reasons, source, ai, lastScanAt, activeSymbols } = scanner.health();
  const { scans, errorRate, meanScanMs } = scanner.metrics();
  return {
    health_status: status,
    reasons: reasons.map(plain),
    ...{ source, ai, ai_servers: aiServers },
    ...(lastScanAt !== undefined && { last_scan_at: lastScanAt }),
    active_symbols: activeSymbols,
    scans,
    error_rate: errorRate,
    mean_scan_ms: meanScanMs,
  };
}

/** The schema of {@link HealthView}. */
export const healthSchema: z.ZodType = z.object({
  health_status: z.string(),
  reasons: z.array(z.string()),
  source: z.string(),
  ai: z.string(),
  ai_servers: z.array(z.string()),
  last_scan_at: z.number().optional(),
  active_symbols: z.int(),
  scans: z.int(),
  error_rate: z.number(),
  mean_scan_ms: z.number(),
});
