import type { BacktestOptions } from '../../backtest/backtest-run.js';
import type { DatedCard } from '../../backtest/dated-card.js';
import type { SymbolHistory } from '../../backtest/decisions.js';
import type { ReplayHistory } from '../../backtest/replay-history.js';
import { type Fold, walkForwardFolds } from '../../backtest/walk-forward.js';
import type { ModelCard } from '../../forecast/model-card.js';
import { FAST_TIMEFRAME, SLOW_TIMEFRAME } from '../../forecast/volatility-reader.js';
import { timeframeMs } from '../../market/timeframe.js';
import { parseScannerConfig } from '../../scanner/config-schema.js';
import type { BacktestFlags } from '../backtest-flags.js';
import { EXIT, Refusal } from '../exit-code.js';
import { jsonText } from '../json.js';
import { progressBar } from '../progress.js';
import type { Terminal } from '../terminal.js';
import { DayBar } from './day-bar.js';
import { fingerprint } from './fingerprint.js';
import { packSet } from './packed-history.js';
import type { PastThreads } from './past-threads.js';
import { rounded } from './rounded-card.js';
import type { WorkFolder } from './work-folder.js';

/** Who fits the cards, and where they are kept. */
export interface CardFitters {
  readonly flags: BacktestFlags;
  readonly threads: PastThreads;
  readonly work: WorkFolder;
  readonly terminal: Terminal;
}

const DAY_MS = 86_400_000;

/** The cards of a walk forward, each fitted on what came before it; `undefined` where none was asked for. */
export async function cardsAlong(
  histories: readonly ReplayHistory[],
  { config, from, to }: BacktestOptions,
  { flags, threads, work, terminal }: CardFitters,
): Promise<readonly DatedCard[] | undefined> {
  if (flags.walkForward === undefined) return undefined;
  const { horizonMs } = parseScannerConfig(config);
  const everyMs = flags.walkForward * DAY_MS;
  const folds = walkForwardFolds(histories.map(asFitted), { everyMs, from, to, horizonMs });
  const bar = await progressBar(terminal, 'fitting');
  const steps = new DayBar(
    bar,
    folds.reduce((sum, { sets }) => sum + stepsOf(sets.length), 0),
  );
  try {
    return await Promise.all(
      folds.map(async (fold) => ({ from: fold.from, card: await cardOf(fold) })),
    );
  } finally {
    bar.stop();
  }

  async function cardOf({ from: first, sets }: Fold): Promise<ModelCard> {
    const day = new Date(first).toISOString().slice(0, 10);
    const id = `walk-forward-${day}`;
    const options = {
      id,
      command: 'ems backtest --walk-forward',
      sampledDecisions: flags.decisions,
    };
    const series = sets.flatMap((set) =>
      set.histories.flatMap(({ base, fast, slow }) => [base, fast, slow]),
    );
    const print = fingerprint([options, sets.map(({ name }) => name)], series);
    const kept = await work.read(id, print);
    if (kept !== undefined) return JSON.parse(kept) as ModelCard;
    const card = await threads.run<'fit'>(
      () => ({ kind: 'fit', sets: sets.map(packSet), options }),
      ({ done }) => steps.set(day, done),
    );
    steps.set(day, stepsOf(sets.length));
    await work.keep(id, print, jsonText(rounded(card)));
    return rounded(card);
  }
}

/** What `fitModelCard` counts: reading each set, three horizons, direction. */
function stepsOf(sets: number): number {
  return sets + 4;
}

function asFitted({ market, base, baseTimeframe, candles }: ReplayHistory): SymbolHistory {
  const fast = candles.get(FAST_TIMEFRAME);
  const slow = candles.get(SLOW_TIMEFRAME);
  if (fast !== undefined && slow !== undefined) {
    return { symbol: market.symbol, base, baseMs: timeframeMs(baseTimeframe), fast, slow };
  }
  const needed = `--walk-forward needs candles of ${FAST_TIMEFRAME} and ${SLOW_TIMEFRAME}`;
  const there = [...candles.keys()].join(', ');
  throw new Refusal(EXIT.usage, `${needed}, of ${market.symbol} are read ${there || 'none'}`);
}
