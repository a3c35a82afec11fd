import { groupBy } from '../backtest/group-by.js';
import { gradeSignal } from '../backtest/journal/grade-signal.js';
import { openSignals } from '../backtest/journal/graded.js';
import type { SignalEntry } from '../backtest/journal/journal-entry.js';
import type { SignalJournal } from '../backtest/journal/journal-file.js';
import { trackRecord } from '../backtest/journal/track-record.js';
import { ScannerError } from '../errors.js';
import { TIMEFRAMES, timeframeMs } from '../market/timeframe.js';
import { throwIfAborted } from '../parallel/deadline.js';
import type { DataProvider } from '../ports/data-provider.js';
import { printable } from '../report/columns.js';
import { trackRecordLines } from '../report/track-record-text.js';
import type { Context } from './context.js';
import { EXIT } from './exit-code.js';
import type { GradeFlags } from './grade-flags.js';
import { openKeptJournal } from './journal.js';
import { jsonText } from './json.js';
import { progressBar } from './progress.js';
import { openSource, presentOf } from './source.js';
import { printLines } from './terminal.js';

/** Finest first: what came first is read from the finest candles that reach back to the signal. */
const FINEST = TIMEFRAMES.slice(0, TIMEFRAMES.indexOf('1h') + 1);

/** Grades symbol after symbol; each outcome is in the journal before the next symbol, so an interrupted run goes on where it was. */
export async function gradeJournal(flags: GradeFlags, context: Context): Promise<void> {
  const { terminal, signal, env } = context;
  await using journal = await openKeptJournal(flags.journal);
  const { torn } = journal;
  if (torn > 0)
    terminal.warn(`ems: ${torn} of the journal's lines were cut short, and are skipped`);
  const { provider } = await openSource(flags.source, { baseUrl: flags.baseUrl, env });
  const asOf = flags.at ?? (await presentOf(provider, signal));
  const bySymbol = groupBy(
    openSignals(journal.entries).filter(({ time }) => time < asOf),
    ({ symbol }) => symbol,
  );
  const bar = await progressBar(terminal, 'grading');
  let done = 0;
  try {
    for (const [symbol, signals] of bySymbol) {
      throwIfAborted(signal);
      bar.update({ symbol, done: done++, total: bySymbol.size });
      const failure = await gradeSymbol({ provider, asOf, signal }, signals, journal);
      if (failure === undefined) continue;
      terminal.warn(printable(`ems: ${symbol} was left open: ${failure.message}`));
      context.exitCode = EXIT.partial;
    }
  } finally {
    bar.stop();
    await provider.close?.();
  }
  const record = trackRecord(journal.entries);
  if (flags.json) await terminal.print(`${jsonText(record, 2)}\n`);
  else await printLines(terminal, trackRecordLines(record, terminal));
}

interface Past {
  readonly provider: DataProvider;
  readonly asOf: number;
  readonly signal: AbortSignal;
}

/** @returns What went wrong with the symbol's candles, if anything did. */
async function gradeSymbol(
  { provider, asOf, signal }: Past,
  signals: readonly SignalEntry[],
  journal: SignalJournal,
): Promise<ScannerError | undefined> {
  const [{ symbol }] = signals;
  let open = signals;
  try {
    for (const timeframe of FINEST) {
      const step = timeframeMs(timeframe);
      const since = Math.min(...open.map(({ time }) => time));
      const count = Math.ceil((asOf - since) / step) + 1;
      const candles = await provider
        .fetchCandles(symbol, timeframe, count, { asOf, signal })
        .catch(unlessUnsupported);
      const first = candles?.time.at(0);
      if (candles === undefined || first === undefined) continue;
      const reached = open.filter(({ time }) => time >= first);
      await journal.add(reached.flatMap((one) => gradeSignal(one, candles, step) ?? []));
      open = open.filter(({ time }) => time < first);
      if (open.length === 0) return undefined;
    }
    return new ScannerError('insufficient_data', 'no candles reach back to its signals', {
      symbol,
    });
  } catch (error) {
    if (!ScannerError.is(error) || error.code === 'aborted') throw error;
    return error;
  }
}

function unlessUnsupported(error: unknown): undefined {
  if (!ScannerError.is(error) || error.code !== 'unsupported') throw error;
}
