import { type ReplayHistory, readReplayHistory } from '../../backtest/replay-history.js';
import { ScannerError } from '../../errors.js';
import { type Timeframe, timeframeMs } from '../../market/timeframe.js';
import { throwIfAborted } from '../../parallel/deadline.js';
import { printable } from '../../report/columns.js';
import type { BacktestFlags } from '../backtest-flags.js';
import type { Context } from '../context.js';
import { EXIT, Refusal } from '../exit-code.js';
import { openPast, requireSpan } from '../past.js';
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
      const history = await readReplayHistory(provider, market, timeframes, options);
      requireSpan(market.symbol, history.base, timeframeMs(history.baseTimeframe), flags);
      histories.push(history);
    } catch (error) {
      if (!ScannerError.is(error)) throw error;
      leaveOut(market.symbol, error, context);
    }
  }
  if (histories.length > 0) return histories;
  throw new Refusal(EXIT.noSource, 'the source has no symbol to trade');
}

/** Names a symbol that is left out, and has the shell learn of it. */
export function leaveOut(symbol: string, { message }: ScannerError, context: Context): void {
  context.terminal.warn(printable(`ems: ${symbol} was left out: ${message}`));
  context.exitCode = EXIT.partial;
}
