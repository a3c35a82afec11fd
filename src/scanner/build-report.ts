import type { ScannerError } from '../errors.js';
import { selectSignals } from '../scoring/portfolio.js';
import { CAP_RULES } from '../scoring/portfolio-caps.js';
import type { Rejection } from '../scoring/rejection.js';
import { SIGNAL_RULE_NAMES } from '../scoring/signal-rules.js';
import type { Reviewed } from './ai-review.js';
import type { ScannerConfig } from './config.js';
import type { FunnelStage, ScanFailure, ScanReport } from './scan-report.js';
import type { ScanRun } from './scan-run.js';
import type { SymbolResult } from './symbol-scanner.js';
import type { FoundUniverse } from './universe-finder.js';
import type { Workload } from './workload.js';

/** The rules between a symbol's data and its place among the signals, in order. */
const RULES: readonly string[] = [...SIGNAL_RULE_NAMES, ...CAP_RULES.map(({ rule }) => rule)];

/** What a report is made of. */
export interface ScanFindings {
  readonly run: ScanRun;
  readonly universe: FoundUniverse;
  readonly results: readonly SymbolResult[];
  readonly reviewed: Reviewed;
  readonly config: ScannerConfig;
  /** Why this process did work that was the executor's. */
  readonly fallback: ScannerError | undefined;
  /** The workload, where it was not the configured one. */
  readonly workload: Workload | undefined;
}

/** Brings together what a scan found, in an order that does not depend on which symbol finished first. */
export function buildReport(found: ScanFindings): ScanReport {
  const { run, universe, results, reviewed, config } = found;
  const selection = selectSignals(reviewed.candidates, config);
  const unscored = results.flatMap(({ scored }) =>
    scored?.kind === 'rejection' ? [scored.rejection] : [],
  );
  const left = [...unscored, ...reviewed.rejections, ...selection.rejections];
  const failures = [
    ...universe.failures,
    ...results.flatMap(({ symbol, error }) => (error ? [{ symbol, error }] : [])),
  ].sort(bySymbol);
  const scanned = results.filter(({ error }) => error === undefined).length;
  const funnel = [...universe.funnel, ...scoringFunnel(scanned, left)];
  const rejections = inFunnelOrder([...universe.rejections, ...left], funnel);
  const { signals } = selection;
  return {
    startedAt: run.startedAt,
    asOf: run.asOf,
    durationMs: run.elapsedMs(),
    scanned,
    signals,
    rejections,
    funnel,
    failures,
    complete: covers([...signals, ...rejections, ...failures], universe.funnel[0]?.remaining),
    error: universe.error,
    ai: reviewed.ai,
    fallback: found.fallback,
    workload: found.workload,
  };
}

/** Whether a report's lists name so many symbols, each once; nothing is covered where nobody knows what there is. */
function covers(
  named: readonly { readonly symbol: string }[],
  symbols: number | undefined,
): boolean {
  return named.length === symbols && new Set(named.map(({ symbol }) => symbol)).size === symbols;
}

function scoringFunnel(scanned: number, rejections: readonly Rejection[]): FunnelStage[] {
  const stages: FunnelStage[] = [{ rule: 'fetched', remaining: scanned }];
  let remaining = scanned;
  for (const rule of RULES) {
    remaining -= rejections.filter((rejection) => rejection.rule === rule).length;
    stages.push({ rule, remaining });
  }
  return stages;
}

function inFunnelOrder(
  rejections: readonly Rejection[],
  funnel: readonly FunnelStage[],
): readonly Rejection[] {
  const place = new Map(funnel.map(({ rule }, i) => [rule, i]));
  const placeOf = ({ rule }: Rejection): number => place.get(rule) ?? funnel.length;
  return rejections.toSorted((a, b) => placeOf(a) - placeOf(b) || bySymbol(a, b));
}

// In code-unit order, whatever the machine's language.
function bySymbol(a: Rejection | ScanFailure, b: Rejection | ScanFailure): number {
  return a.symbol < b.symbol ? -1 : 1;
}
