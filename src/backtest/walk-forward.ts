import { ScannerError } from '../errors.js';
import type { CandleSeries } from '../market/candle-series.js';
import type { SymbolHistory } from './decisions.js';
import type { HistorySet } from './model-card-fit.js';

/** How a walk forward goes. */
export interface WalkForwardOptions {
  /** Time from one fit to the next. */
  readonly everyMs: number;
  /** No decision before this moment, epoch milliseconds. @defaultValue four weeks and the embargo after the first candle */
  readonly from?: number | undefined;
  /** No decision after it. @defaultValue the end of the data */
  readonly to?: number | undefined;
  /** How long a position may stay open; the embargo is this or a day, whichever is longer. @defaultValue a day */
  readonly horizonMs?: number | undefined;
}

/** One fit of a walk forward. */
export interface Fold {
  /** The first decision with it, epoch milliseconds; the next fold's ends its use. */
  readonly from: number;
  /** What it may be fitted on: everything that was over an embargo earlier, in stretches that judge each other. */
  readonly sets: readonly HistorySet[];
}

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** Less says nothing of how one stretch differs from another. */
const LEAST_TRAINING_MS = 4 * WEEK_MS;

/** So many stretches, of this length at least: what is proven must hold in each of them. */
const STRETCHES = 3;
const LEAST_STRETCH_MS = 2 * WEEK_MS;

/**
 * The fits of a walk forward: each on all that came before it and nothing else.
 *
 * Purge: of every stretch the candles end with it, so that no outcome reaches beyond. Embargo: none is later than `from` less the
 * longer of a day and the horizon, so that nothing learned there still lives when the first decision is taken.
 *
 * @throws ScannerError `insufficient_data` when there is no moment with four weeks before it.
 *
 * @example
 * ```ts
 * import { fitModelCard, readHistory, walkForwardFolds } from 'enhanced-market-scanner/backtest';
 * import { filesProvider } from 'enhanced-market-scanner/providers';
 *
 * const history = await readHistory(filesProvider('./candles'), 'BTC/USDT');
 * const folds = walkForwardFolds([history], { everyMs: 30 * 86_400_000 });
 * const cards = folds.map(({ from, sets }) => ({
 *   from,
 *   card: fitModelCard(sets, { id: `before ${from}`, command: 'walk forward' }),
 * }));
 * console.log(cards.length); // for runBacktest(histories, { cards })
 * ```
 */
export function walkForwardFolds(
  histories: readonly SymbolHistory[],
  { everyMs, horizonMs = DAY_MS, ...span }: WalkForwardOptions,
): readonly Fold[] {
  const embargoMs = Math.max(DAY_MS, horizonMs);
  const start = Math.min(
    ...histories.map(({ base }) => base.time.at(0) ?? Number.POSITIVE_INFINITY),
  );
  const end = Math.max(...histories.map(({ base }) => base.time.at(-1) ?? 0));
  const earliest = start + WEEK_MS + LEAST_TRAINING_MS + embargoMs;
  const first = Math.ceil(Math.max(earliest, span.from ?? earliest) / DAY_MS) * DAY_MS;
  const last = Math.min(end, span.to ?? end);
  if (!(first < last)) {
    throw new ScannerError(
      'insufficient_data',
      'a walk forward needs five weeks and the embargo before its first decision',
    );
  }
  const count = Math.ceil((last - first) / everyMs);
  return Array.from({ length: count }, (_, k) => {
    const from = first + k * everyMs;
    return { from, sets: stretchesOf(histories, start + WEEK_MS, from - embargoMs) };
  });
}

/** Stretches of equal length; each begins a week early, which its first decisions read and in which none is taken. */
function stretchesOf(
  histories: readonly SymbolHistory[],
  from: number,
  to: number,
): readonly HistorySet[] {
  const count = Math.min(STRETCHES, Math.floor((to - from) / LEAST_STRETCH_MS));
  const bounds = Array.from({ length: count + 1 }, (_, k) => {
    const at = from + ((to - from) * k) / count;
    return Math.floor(at / DAY_MS) * DAY_MS;
  });
  return bounds.slice(0, -1).map((begin, k) => {
    const until = bounds[k + 1];
    const parts = histories
      .map((history) => within(history, begin - WEEK_MS, until))
      .filter(({ base }) => base.length > 0);
    return { name: `${nameOf(begin)} to ${nameOf(until)}`, histories: parts };
  });
}

function within(history: SymbolHistory, from: number, to: number): SymbolHistory {
  const cut = (series: CandleSeries): CandleSeries =>
    series.slice(series.indexAt(from), series.indexAt(to));
  return { ...history, base: cut(history.base), fast: cut(history.fast), slow: cut(history.slow) };
}

function nameOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
