import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { runBacktest } from '../backtest/backtest.js';
import { backtestReport } from '../backtest/backtest-report.js';
import { dataHash } from '../backtest/data-hash.js';
import { dailyReturns } from '../backtest/equity-ratios.js';
import { MIN_RETURNS, sharpeRatio } from '../backtest/performance.js';
import { type ReplayHistory, readReplayHistory } from '../backtest/replay-history.js';
import { deflate, trialOf } from '../backtest/trial-ledger.js';
import { ScannerError } from '../errors.js';
import { throwIfAborted } from '../parallel/deadline.js';
import { backtestHtml } from '../report/backtest-html.js';
import { backtestLines } from '../report/backtest-text.js';
import { printable } from '../report/columns.js';
import { parseScannerConfig } from '../scanner/config-schema.js';
import type { BacktestFlags } from './backtest-flags.js';
import { readCard } from './card.js';
import type { Context } from './context.js';
import { EXIT } from './exit-code.js';
import { jsonText } from './json.js';
import { openPast } from './past.js';
import { progressBar } from './progress.js';
import { readSettings } from './settings.js';
import { printLines } from './terminal.js';
import { addTrial } from './trial-file.js';

const HASH_DIGITS = 12;

/** Trades the past, adds the trial to the ledger and prints what it came to. */
export async function tradeThePast(flags: BacktestFlags, context: Context): Promise<void> {
  const { terminal, env, signal } = context;
  const { config: file } = flags;
  const config = await readSettings(file === undefined ? {} : { config: file }, env);
  const histories = await readHistories(flags, context, parseScannerConfig(config).timeframes);
  const bar = await progressBar(terminal, 'trading');
  const options = {
    config,
    modelCard: await readCard(flags.card),
    from: flags.from,
    to: flags.to,
    everyMs: flags.every,
    equity: flags.equity,
    tradeAll: flags.tradeable !== true,
  };
  const run = await runBacktest(histories, {
    ...options,
    async onProgress(done, total) {
      bar.update({ symbol: '', done, total });
      // A turn for whoever interrupts.
      await setImmediate();
      throwIfAborted(signal);
    },
  }).finally(() => bar.stop());
  const report = backtestReport(run, flags.seed);
  const returns = dailyReturns(run);
  const settings = createHash('sha256')
    .update(jsonText(options))
    .digest('hex')
    .slice(0, HASH_DIGITS);
  const named = { triedAt: Date.now(), settings, data: dataHash(histories) };
  const trial = trialOf(
    report,
    named,
    returns.length < MIN_RETURNS ? undefined : sharpeRatio(returns),
  );
  const deflation = deflate(await addTrial(flags.trials, trial), trial, returns);
  const facts = { ...deflation, settings: named.settings, data: named.data };
  if (flags.html !== undefined) await writeFile(flags.html, backtestHtml(report, facts));
  if (flags.json) await terminal.print(`${jsonText({ ...report, ...facts }, 2)}\n`);
  else await printLines(terminal, backtestLines(report, deflation, terminal));
}

async function readHistories(
  flags: BacktestFlags,
  context: Context,
  timeframes: Parameters<typeof readReplayHistory>[2],
): Promise<readonly ReplayHistory[]> {
  const { provider, markets, asOf, since } = await openPast(flags);
  const histories: ReplayHistory[] = [];
  for (const market of markets) {
    throwIfAborted(context.signal);
    try {
      histories.push(await readReplayHistory(provider, market, timeframes, { asOf, since }));
    } catch (error) {
      if (!ScannerError.is(error)) throw error;
      context.terminal.warn(printable(`ems: ${market.symbol} was left out: ${error.message}`));
      context.exitCode = EXIT.partial;
    }
  }
  return histories;
}
