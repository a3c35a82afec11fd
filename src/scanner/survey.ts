import type { MarketSummary } from '../scoring/summary.js';
import type { ScanReport } from './scan-report.js';

/** One scan: what it found symbol by symbol, and the market as a whole. */
export interface Survey {
  readonly report: ScanReport;
  readonly summary: MarketSummary;
}
