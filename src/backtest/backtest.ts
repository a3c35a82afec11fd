import { parseScannerConfig } from '../scanner/config-schema.js';
import { defaultFactors } from '../scoring/factors/default-factors.js';
import type { BacktestOptions, BacktestRun } from './backtest-run.js';
import { Book } from './book.js';
import type { ReplayHistory } from './replay-history.js';
import { daysOf, type ReplaySpan, replaySpan } from './replay-span.js';
import { type SymbolSignals, symbolSignals } from './symbol-signals.js';
import { cardsOf } from './trading-terms.js';

/**
 * Trades the signals of the past: the scanner's own windows, readings and scoring at every step, fills at the next open.
 *
 * @throws ScannerError `config` when a setting is wrong, `insufficient_data` when the span holds no candle.
 *
 * @example
 * ```ts
 * import { backtestReport, readReplayHistory, runBacktest } from 'enhanced-market-scanner/backtest';
 * import { filesProvider } from 'enhanced-market-scanner/providers';
 *
 * const provider = filesProvider('./candles');
 * const [market] = await provider.fetchMarkets();
 * const history = await readReplayHistory(provider, market, ['5m', '1h']);
 * const report = backtestReport(await runBacktest([history], { config: { timeframes: ['5m', '1h'] } }));
 * console.log(report.expectancyBps);
 * ```
 */
export async function runBacktest(
  given: readonly ReplayHistory[],
  options: BacktestOptions = {},
): Promise<BacktestRun> {
  const histories = given.toSorted(bySymbol);
  const { factors = defaultFactors, onProgress = () => {} } = options;
  const span = replaySpan(histories, options);
  const config = parseScannerConfig(options.config);
  const settings = { config, factors, cards: cardsOf(options, span) };
  const days = daysOf(span);
  const signals: SymbolSignals[] = [];
  for (const [k, history] of histories.entries()) {
    const onDay = (done: number) => onProgress(k * days + done, histories.length * days);
    signals.push(await symbolSignals(history, settings, span, onDay));
  }
  return tradeSignals(histories, signals, span, options);
}

/**
 * Trades signals that are known already.
 *
 * @param histories - Sorted by symbol, so that sums come out the same whatever order they came in.
 * @param signals - Of each history, in the same order.
 */
export function tradeSignals(
  histories: readonly ReplayHistory[],
  signals: readonly SymbolSignals[],
  span: ReplaySpan,
  options: BacktestOptions,
): BacktestRun {
  const book = new Book(histories, signals, span, options);
  for (let time = span.from; time <= span.to; time += span.stepMs) book.step(time);
  return book.finish();
}

function bySymbol({ market: a }: ReplayHistory, { market: b }: ReplayHistory): number {
  return a.symbol < b.symbol ? -1 : 1;
}
