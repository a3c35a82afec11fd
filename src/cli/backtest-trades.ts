import { tradeSignals } from '../backtest/backtest.js';
import { backtestReport } from '../backtest/backtest-report.js';
import type { BacktestOptions, BacktestRun } from '../backtest/backtest-run.js';
import { dataHash } from '../backtest/data-hash.js';
import { dailyReturns } from '../backtest/equity-ratios.js';
import { MIN_RETURNS, sharpeRatio } from '../backtest/performance.js';
import type { ReplayHistory } from '../backtest/replay-history.js';
import { replaySpan } from '../backtest/replay-span.js';
import { cardsOf } from '../backtest/trading-terms.js';
import { deflate, trialOf } from '../backtest/trial-ledger.js';
import { backtestHtml } from '../report/backtest-html.js';
import { backtestLines } from '../report/backtest-text.js';
import { parseScannerConfig } from '../scanner/config-schema.js';
import type { BacktestFlags } from './backtest-flags.js';
import { readCard } from './card.js';
import type { Context } from './context.js';
import { jsonText } from './json.js';
import { requireWritable } from './output-file.js';
import { cardsAlong } from './past/cards-along.js';
import { fingerprint } from './past/fingerprint.js';
import { PastThreads } from './past/past-threads.js';
import { readReplays } from './past/read-past.js';
import { signalsOfPast } from './past/signals-of-past.js';
import { isKept, WorkFolder } from './past/work-folder.js';
import { progressBar } from './progress.js';
import { readSettings } from './settings.js';
import { printLines } from './terminal.js';
import { addTrial } from './trial-file.js';
import { writeWhole } from './write-lines.js';

const HASH_DIGITS = 12;

/**
 * Trades the past, adds the trial to the ledger and prints what it came to. What the scanner said of each symbol is kept beside
 * the ledger until then, so that an interrupted run goes on where it was.
 */
export async function tradeThePast(flags: BacktestFlags, context: Context): Promise<void> {
  await requireWritable('--html', flags.html);
  await requireWritable('--trades', flags.trades);
  const options = await optionsOf(flags, context);
  const histories = await readReplays(
    flags,
    context,
    parseScannerConfig(options.config).timeframes,
  );
  const settings = fingerprint([options, settingsBeside(flags)]).slice(0, HASH_DIGITS);
  const work = await WorkFolder.beside('--trials', flags.trials, `.${settings}`);
  try {
    const run = await tradedRun(histories, options, work, flags, context);
    await tell(run, { settings, data: dataHash(histories) }, flags, context);
    await work.remove();
  } catch (error) {
    if (context.signal.aborted) context.terminal.warn(isKept(work, histories.length));
    throw error;
  } finally {
    await work.tidy();
  }
}

async function optionsOf(flags: BacktestFlags, { env }: Context): Promise<BacktestOptions> {
  const { config } = flags;
  return {
    config: await readSettings(config === undefined ? {} : { config }, env),
    costs: {
      halfSpreadBps: flags.halfSpread,
      slippageBps: flags.slippage,
      fundingBps: flags.funding,
    },
    latencyBars: flags.latency,
    modelCard: await readCard(flags.card),
    from: flags.from,
    to: flags.to,
    everyMs: flags.every,
    equity: flags.equity,
    tradeAll: flags.tradeable !== true,
  };
}

/** What else makes one trial another: it is found in no option of the back-test. */
function settingsBeside({ fees, base, finer, walkForward, decisions }: BacktestFlags): unknown {
  return { fees, base, finer, ...(walkForward !== undefined && { walkForward, decisions }) };
}

async function tradedRun(
  histories: readonly ReplayHistory[],
  options: BacktestOptions,
  work: WorkFolder,
  flags: BacktestFlags,
  { terminal, signal }: Context,
): Promise<BacktestRun> {
  await using threads = new PastThreads(flags.threads, signal);
  const config = parseScannerConfig(options.config);
  const cards = await cardsAlong(histories, options, { flags, threads, work, terminal });
  const dated = { ...options, cards };
  const span = replaySpan(histories, dated);
  const bar = await progressBar(terminal, 'trading');
  const source = { config, cards: cardsOf(dated, span), span, threads, work, bar, terminal };
  const signals = await signalsOfPast(histories, source).finally(() => bar.stop());
  return tradeSignals(histories, signals, span, dated);
}

async function tell(
  run: BacktestRun,
  named: { readonly settings: string; readonly data: string },
  { trials, seed, html, trades, json }: BacktestFlags,
  { terminal }: Context,
): Promise<void> {
  const report = backtestReport(run, seed);
  const returns = dailyReturns(run);
  const ratio = returns.length < MIN_RETURNS ? undefined : sharpeRatio(returns);
  const trial = trialOf(report, { ...named, triedAt: Date.now() }, ratio);
  const deflation = deflate(await addTrial(trials, trial), trial, returns);
  const facts = { ...deflation, ...named };
  if (trades !== undefined) {
    await writeWhole(trades, async (write) => {
      for (const trade of run.trades) await write(jsonText(trade));
    });
  }
  if (html !== undefined)
    await writeWhole(html, async (write) => write(backtestHtml(report, facts).trimEnd()));
  if (json) await terminal.print(`${jsonText({ ...report, ...facts }, 2)}\n`);
  else await printLines(terminal, backtestLines(report, facts, terminal));
}
