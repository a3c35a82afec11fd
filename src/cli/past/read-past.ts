import { type ReplayHistory, readReplayHistory } from '../../backtest/replay-history.js';
import { ScannerError } from '../../errors.js';
import type { Timeframe } from '../../market/timeframe.js';
import { throwIfAborted } from '../../parallel/deadline.js';
import { printable } from '../../report/columns.js';
import type { BacktestFlags } from '../backtest-flags.js';
import type { Context } from '../context.js';
import { EXIT } from '../exit-code.js';
import { openPast } from '../past.js';
import { openSource } from '../source.js';

/** Reads what a replay needs of every symbol; one that cannot be read is named and left out. */
export async function readReplays(
  flags: BacktestFlags,
  context: Context,
  timeframes: readonly Timeframe[],
): Promise<readonly ReplayHistory[]> {
  const { provider, markets, asOf, since } = await openPast(flags);
  const finer = flags.finer;
  const finerFrom =
    finer === undefined
      ? undefined
      : (await openSource(finer, { baseUrl: undefined, env: {} })).provider;
  const options = { asOf, since, baseTimeframe: flags.base, finerFrom };
  const histories: ReplayHistory[] = [];
  for (const market of markets) {
    throwIfAborted(context.signal);
    try {
      histories.push(await readReplayHistory(provider, market, timeframes, options));
    } catch (error) {
      if (!ScannerError.is(error)) throw error;
      leaveOut(market.symbol, error, context);
    }
  }
  return histories;
}

/** Names a symbol that is left out, and has the shell learn of it. */
export function leaveOut(symbol: string, { message }: ScannerError, context: Context): void {
  context.terminal.warn(printable(`ems: ${symbol} was left out: ${message}`));
  context.exitCode = EXIT.partial;
}
