import type { ReplayHistory } from '../../backtest/replay-history.js';
import { daysOf, type ReplaySpan } from '../../backtest/replay-span.js';
import type { SignalSettings, SymbolSignals } from '../../backtest/symbol-signals.js';
import { jsonText } from '../json.js';
import type { ProgressBar } from '../progress.js';
import type { Terminal } from '../terminal.js';
import { DayBar } from './day-bar.js';
import { fingerprint } from './fingerprint.js';
import { packReplay } from './packed-history.js';
import type { PastThreads } from './past-threads.js';
import { goesOn, type WorkFolder } from './work-folder.js';

/** What every symbol is asked with, by whom, and where the answers are kept. */
export interface SignalSource extends Pick<SignalSettings, 'config' | 'cards'> {
  readonly span: ReplaySpan;
  readonly threads: PastThreads;
  readonly work: WorkFolder;
  readonly bar: ProgressBar;
  readonly terminal: Terminal;
}

/** The signals of every history, in their order; each symbol's are kept as soon as they are known. */
export function signalsOfPast(
  histories: readonly ReplayHistory[],
  { threads, work, bar, terminal, ...settings }: SignalSource,
): Promise<readonly SymbolSignals[]> {
  const days = daysOf(settings.span);
  const dayBar = new DayBar(bar, histories.length * days);
  const prints = histories.map(({ market, candles, base }) =>
    fingerprint({ ...settings, market }, [base, ...candles.values()]),
  );
  const kept = histories.filter(({ market }, i) => work.has(market.symbol, prints[i]));
  if (kept.length > 0) terminal.warn(goesOn(work, histories.length));
  return Promise.all(
    histories.map(async (history, i) => {
      const { symbol } = history.market;
      const text = (await work.read(symbol, prints[i])) ?? (await ask(history, i));
      dayBar.set(symbol, days);
      return JSON.parse(text) as SymbolSignals;
    }),
  );

  async function ask(history: ReplayHistory, i: number): Promise<string> {
    const { symbol } = history.market;
    const signals = await threads.run<'signals'>(
      () => ({ kind: 'signals', history: packReplay(history), ...settings }),
      ({ done }) => dayBar.set(symbol, done),
    );
    const text = jsonText(signals);
    await work.keep(symbol, prints[i], text);
    return text;
  }
}
