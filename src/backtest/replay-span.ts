import { ScannerError } from '../errors.js';
import { timeframeMs } from '../market/timeframe.js';
import type { BacktestOptions } from './backtest-run.js';
import { type ReplayHistory, spanOf } from './replay-history.js';

/** The moments of a back-test, in epoch milliseconds. */
export interface ReplaySpan {
  /** The first moment of a decision, and the last of a fill. */
  readonly from: number;
  readonly to: number;
  /** The shortest candle of any symbol. */
  readonly stepMs: number;
  /** Time between decisions, whole steps of it. */
  readonly everyMs: number;
}

/**
 * The span that the options name, as far as there are candles.
 *
 * @throws ScannerError `insufficient_data` when it holds no candle.
 */
export function replaySpan(
  histories: readonly ReplayHistory[],
  options: Pick<BacktestOptions, 'from' | 'to' | 'everyMs' | 'cards'>,
): ReplaySpan {
  const steps = histories.map(({ baseTimeframe }) => timeframeMs(baseTimeframe));
  const stepMs = Math.min(...steps);
  const spans = histories.map(spanOf);
  const first = Math.min(...spans.map(({ from }) => from));
  const last = Math.max(...spans.map(({ to }) => to));
  const asked = Math.max(first, options.from ?? first, options.cards?.[0]?.from ?? first);
  const from = Math.ceil(asked / stepMs) * stepMs;
  const to = Math.min(last, options.to ?? last);
  if (!(from < to)) {
    throw new ScannerError('insufficient_data', 'the span of the back-test holds no candle');
  }
  const every = options.everyMs ?? Math.max(...steps);
  return { from, to, stepMs, everyMs: Math.ceil(every / stepMs) * stepMs };
}

const DAY_MS = 86_400_000;

/** UTC days that a span touches. */
export function daysOf({ from, to }: Pick<ReplaySpan, 'from' | 'to'>): number {
  return Math.floor((to - 1) / DAY_MS) - Math.floor(from / DAY_MS) + 1;
}
