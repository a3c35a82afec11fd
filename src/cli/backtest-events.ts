import type { ForecastLineOptions } from '../backtest/forecast-lines.js';
import { chargesOf } from '../backtest/trading-terms.js';
import { costsText } from '../report/costs-text.js';
import type { BacktestFlags } from './backtest-flags.js';
import { readCard } from './card.js';
import type { Context } from './context.js';
import { requireWritable } from './output-file.js';
import { eventFiles } from './past/event-files.js';
import { PastThreads } from './past/past-threads.js';
import { isKept, WorkFolder } from './past/work-folder.js';
import { openPast } from './past.js';
import { progressBar } from './progress.js';
import { joinFiles } from './write-lines.js';

/**
 * Writes the forecasts of every symbol, one symbol after another. What is done is kept beside the file until all of it is, so
 * that an interrupted run goes on where it was.
 */
export async function writeEvents(
  flags: BacktestFlags & { readonly events: string },
  context: Context,
): Promise<void> {
  const { terminal, signal } = context;
  await requireWritable('--events', flags.events);
  const past = await openPast(flags);
  const options = {
    from: flags.from,
    to: flags.to,
    card: await readCard(flags.card),
    costs: {
      halfSpreadBps: flags.halfSpread,
      slippageBps: flags.slippage,
      fundingBps: flags.funding,
    },
  } satisfies ForecastLineOptions;
  const work = await WorkFolder.beside('--events', flags.events);
  const bar = await progressBar(terminal, 'forecasting');
  try {
    await using threads = new PastThreads(flags.threads, signal);
    const files = await eventFiles(past, { options, threads, work, bar }, context);
    const lines = await joinFiles(flags.events, files);
    await work.remove();
    bar.stop();
    const costs = `netReturn is after, a side: ${costsText(options.costs, past.markets.map(chargesOf))}`;
    await terminal.print(`${lines} lines of ${files.length} symbols; ${costs}\n`);
  } catch (error) {
    bar.stop();
    if (signal.aborted) terminal.warn(isKept(work, past.markets.length));
    throw error;
  } finally {
    await work.tidy();
  }
}
