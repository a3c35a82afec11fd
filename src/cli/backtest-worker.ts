import { parentPort, workerData } from 'node:worker_threads';
import { runBacktest } from '../backtest/backtest.js';
import { backtestReport } from '../backtest/backtest-report.js';
import { DEFAULT_COSTS } from '../backtest/costs.js';
import { minuteText } from '../backtest/missing-candles.js';
import { type ReplayHistory, readReplayHistory } from '../backtest/replay-history.js';
import { ScannerError } from '../errors.js';
import type { DataProvider } from '../ports/data-provider.js';
import { parseScannerConfig } from '../scanner/config-schema.js';
import type { BacktestJob, BacktestMessage } from './backtest-job.js';
import { WARM_UP_MS } from './past.js';
import { marketsOf, openSource, presentOf } from './source.js';
import { resolveSymbol } from './symbol-name.js';

const DAY_MS = 86_400_000;
const USUAL_SPAN_MS = 30 * DAY_MS;
const LONGEST_SPAN_MS = 366 * DAY_MS;

function tell(message: BacktestMessage): void {
  parentPort?.postMessage(message);
}

async function trade({ setup, request }: BacktestJob): Promise<void> {
  const { provider } = await openSource(setup.source, setup);
  const present = setup.at ?? (await presentOf(provider));
  const to = Math.min(present, request.to ?? present);
  const from = request.from ?? to - USUAL_SPAN_MS;
  if (from >= to) {
    const [begin, end] = [from, to].map(minuteText);
    throw new ScannerError('config', `a back-test must begin before ${end}, was from ${begin}`);
  }
  if (to - from > LONGEST_SPAN_MS) {
    const days = Math.round((to - from) / DAY_MS);
    throw new ScannerError('unsupported', `a back-test spans at most 366 days, was ${days}`);
  }
  const { slippageBps = DEFAULT_COSTS.slippageBps } = request;
  const run = await runBacktest(await historiesOf(provider, { setup, request }, from, to), {
    ...{ config: setup.config, modelCard: setup.modelCard, from, to },
    costs: { ...DEFAULT_COSTS, slippageBps },
    onProgress: (done, total) => tell({ kind: 'progress', share: done / total }),
  });
  tell({ kind: 'report', report: backtestReport(run) });
}

async function historiesOf(
  provider: DataProvider,
  { setup, request }: BacktestJob,
  from: number,
  asOf: number,
): Promise<readonly ReplayHistory[]> {
  const { timeframes } = parseScannerConfig(setup.config);
  const markets = new Map((await marketsOf(provider, asOf)).map((each) => [each.symbol, each]));
  const histories: ReplayHistory[] = [];
  for (const typed of new Set(request.symbols)) {
    const market = markets.get(resolveSymbol(typed, [...markets.keys()]));
    if (market === undefined) continue;
    const { feesBps: takerFeeBps = market.takerFeeBps } = request;
    const past = { asOf, since: from - WARM_UP_MS };
    histories.push(await readReplayHistory(provider, { ...market, takerFeeBps }, timeframes, past));
  }
  return histories;
}

await trade(workerData as BacktestJob).catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  tell({ kind: 'error', code: ScannerError.is(error) ? error.code : 'bad_data', message });
});
