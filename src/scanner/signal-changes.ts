import type { MarketSignal } from '../scoring/signal.js';
import type { ScanReport } from './scan-report.js';

/** One piece of news about one symbol. */
export type SignalChange =
  | { readonly kind: 'new'; readonly symbol: string; readonly signal: MarketSignal }
  | {
      readonly kind: 'updated';
      readonly symbol: string;
      readonly signal: MarketSignal;
      /** What was told of the symbol last. */
      readonly previous: MarketSignal;
    }
  | {
      readonly kind: 'expired';
      readonly symbol: string;
      /** What was told of the symbol last. */
      readonly previous: MarketSignal;
      /** The rule that rejects it now, or `unreadable` when it could not be scanned for so long that nothing is known. */
      readonly reason: string;
    };

/** What was told of a symbol last, and when it was last seen to hold. */
export interface ToldSignal {
  readonly signal: MarketSignal;
  /** Epoch milliseconds. */
  readonly seenAt: number;
}

/** What somebody has been told so far, by symbol; empty to begin with. */
export type ToldSignals = ReadonlyMap<string, ToldSignal>;

/** How far a score must move from what was told to be news. */
const NEWS = 0.02;
/** How long a symbol may be unreadable before its signal expires. */
const PATIENCE_MS = 300_000;

/**
 * What a report says that has not been said before, and what has been told once that is said.
 *
 * A signal is new when the symbol had none; updated when its direction turned or its score moved by 0.02 or more since it was
 * last told, however small the steps; expired when a rule rejects its symbol, or its symbol could not be read for five
 * minutes. A symbol that fails for less is waited for. Pure: a report told twice has no news.
 *
 * @returns News in the order of the report, expired signals last and by symbol.
 *
 * @example
 * ```ts
 * import { type ScanReport, signalChanges, type ToldSignals } from 'enhanced-market-scanner';
 *
 * let told: ToldSignals = new Map();
 * function tell(report: ScanReport): void {
 *   const news = signalChanges(told, report);
 *   told = news.told;
 *   for (const { kind, symbol } of news.changes) console.log(kind, symbol);
 * }
 * ```
 */
export function signalChanges(
  told: ToldSignals,
  report: ScanReport,
): { readonly changes: readonly SignalChange[]; readonly told: ToldSignals } {
  const next = new Map<string, ToldSignal>();
  const changes = [...tellSignals(told, report, next), ...tellExpired(told, report, next)];
  return { changes, told: next };
}

function tellSignals(
  told: ToldSignals,
  { signals, asOf }: ScanReport,
  next: Map<string, ToldSignal>,
): readonly SignalChange[] {
  return signals.flatMap((signal) => {
    const last = told.get(signal.symbol)?.signal;
    const change = changeOf(last, signal);
    const spoken = change === undefined ? (last ?? signal) : signal;
    next.set(signal.symbol, { signal: spoken, seenAt: asOf });
    return change === undefined ? [] : [change];
  });
}

function tellExpired(
  told: ToldSignals,
  { rejections, asOf }: ScanReport,
  next: Map<string, ToldSignal>,
): readonly SignalChange[] {
  const rules = new Map(rejections.map(({ symbol, rule }) => [symbol, rule]));
  const gone = [...told].filter(([symbol]) => !next.has(symbol)).sort(bySymbol);
  return gone.flatMap(([symbol, last]) => {
    const rule = rules.get(symbol);
    if (rule === undefined && asOf - last.seenAt < PATIENCE_MS) {
      next.set(symbol, last);
      return [];
    }
    return [{ kind: 'expired', symbol, previous: last.signal, reason: rule ?? 'unreadable' }];
  });
}

function changeOf(
  previous: MarketSignal | undefined,
  signal: MarketSignal,
): SignalChange | undefined {
  const { symbol } = signal;
  if (previous === undefined) return { kind: 'new', symbol, signal };
  return hasChanged(previous, signal) ? { kind: 'updated', symbol, signal, previous } : undefined;
}

// In code-unit order, whatever the machine's language.
function bySymbol([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function hasChanged(before: MarketSignal, after: MarketSignal): boolean {
  return before.direction !== after.direction || Math.abs(after.score - before.score) >= NEWS;
}
