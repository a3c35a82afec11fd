import type { BacktestOptions, BacktestRun } from './backtest-run.js';
import { Book } from './book.js';
import type { ReplayHistory } from './replay-history.js';

const DAY_MS = 86_400_000;

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
  histories: readonly ReplayHistory[],
  options: BacktestOptions = {},
): Promise<BacktestRun> {
  const book = new Book(histories, options);
  const { onDay = () => {} } = options;
  for (let time = book.from; time <= book.to; time += book.stepMs) {
    book.step(time);
    if (time % DAY_MS === 0) await onDay(time, book.from, book.to);
  }
  return book.finish();
}
