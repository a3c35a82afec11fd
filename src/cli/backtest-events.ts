import { type ForecastLineOptions, forecastLines } from '../backtest/forecast-lines.js';
import { readHistory } from '../backtest/read-history.js';
import { ScannerError } from '../errors.js';
import type { Market } from '../market/market.js';
import { throwIfAborted } from '../parallel/deadline.js';
import { printable } from '../report/columns.js';
import type { BacktestFlags } from './backtest-flags.js';
import { readCard } from './card.js';
import type { Context } from './context.js';
import { EXIT } from './exit-code.js';
import { jsonText } from './json.js';
import { openPast, type Past } from './past.js';
import { progressBar } from './progress.js';
import { type LineFile, openLineFile } from './write-lines.js';

/** Writes the forecasts of every symbol, one symbol after another. A symbol without fit candles is named and left out. */
export async function writeEvents(
  flags: BacktestFlags & { readonly events: string },
  context: Context,
): Promise<void> {
  const { terminal, signal } = context;
  const past = await openPast(flags);
  const card = await readCard(flags.card);
  const { markets } = past;
  await using file = await openLineFile('--events', flags.events);
  const bar = await progressBar(terminal, 'forecasting');
  const failures: string[] = [];
  let lines = 0;
  for (const [done, market] of markets.entries()) {
    throwIfAborted(signal);
    bar.update({ symbol: market.symbol, done, total: markets.length });
    try {
      lines += await writeSymbol(past, market, { ...flags, card }, file);
    } catch (error) {
      if (!ScannerError.is(error)) throw error;
      failures.push(printable(`ems: ${market.symbol} was left out: ${error.message}`));
    }
  }
  bar.stop();
  for (const failure of failures) terminal.warn(failure);
  await terminal.print(`${lines} lines of ${markets.length - failures.length} symbols\n`);
  context.exitCode = failures.length > 0 ? EXIT.partial : EXIT.complete;
}

async function writeSymbol(
  { provider, asOf, since }: Past,
  market: Market,
  { from, to, card }: ForecastLineOptions,
  file: LineFile,
): Promise<number> {
  const history = await readHistory(provider, market.symbol, { asOf, since });
  let lines = 0;
  for (const line of forecastLines(history, market, { from, to, card })) {
    const written = file.write(jsonText(line));
    if (written !== undefined) await written;
    lines++;
  }
  return lines;
}
