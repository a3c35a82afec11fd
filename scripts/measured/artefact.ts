import { readFileSync } from 'node:fs';
import type { BacktestReport } from '../../src/backtest/backtest-report.js';
import type { Deflation } from '../../src/backtest/trial-ledger.js';
import type { Figure } from '../measure/figure.js';

/** What `npm run measure -- ... --json` leaves. */
export interface Measurement {
  /** Names of the folders of candles: what was forecast, and what the card was fitted on. */
  readonly candles: string;
  readonly training?: readonly string[];
  readonly lines: number;
  /** Lines whose outcome the candles do not bear out. */
  readonly wrong: number;
  readonly figures: readonly Figure[];
}

/** What `ems backtest --json` prints. */
export type TradesReport = BacktestReport & Deflation;

const FOLDER = new URL('../../docs/measured/', import.meta.url);

/** A file of `docs/measured`. */
export function artefact<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Content;
}
