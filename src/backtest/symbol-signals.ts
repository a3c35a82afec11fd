import { timeframeMs } from '../market/timeframe.js';
import type { ScoredWith } from '../scanner/scoring-input.js';
import type { DatedCard } from './dated-card.js';
import { type Order, orderOf } from './order.js';
import type { ReplayHistory } from './replay-history.js';
import { daysOf, type ReplaySpan } from './replay-span.js';
import { SymbolReplay } from './symbol-replay.js';

/** What a scanner would have said of one symbol over a span. Plain data: it can be kept in a file or come from a thread. */
export interface SymbolSignals {
  readonly symbol: string;
  /** Moments at which it was scored. */
  readonly decisions: number;
  /** Every signal, in the order of time. */
  readonly orders: readonly Order[];
}

/** How a symbol is asked. */
export interface SignalSettings extends Omit<ScoredWith, 'modelCard'> {
  /** In the order of time; nothing is decided before the first. */
  readonly cards: readonly DatedCard[];
}

/**
 * Asks the scanner about one symbol at every moment of a decision. What it says depends on the symbol's own candles alone, so
 * symbols can be asked in any order, anywhere, and the answers kept.
 *
 * @param onDay - Called when a day is over, with how many are; awaited, so that it can let others have a turn or reject to stop.
 */
export async function symbolSignals(
  history: ReplayHistory,
  settings: SignalSettings,
  span: ReplaySpan,
  onDay: (done: number) => void | Promise<void> = () => {},
): Promise<SymbolSignals> {
  const orders: Order[] = [];
  let decisions = 0;
  let days = 0;
  for (const { card, from, to } of stretches(history, settings.cards, span)) {
    const replay = new SymbolReplay(history, { ...settings, modelCard: card });
    for (let time = from; time < to; time += span.everyMs) {
      const judgement = replay.judge(time);
      if (judgement === undefined) continue;
      decisions++;
      const order = orderOf(judgement);
      if (order !== undefined) orders.push(order);
      const over = daysOf({ from: span.from, to: time });
      if (over > days) await onDay(over);
      days = over;
    }
  }
  return { symbol: history.market.symbol, decisions, orders };
}

/** The moments of decisions with each card; none after the symbol's last candle, when there is nothing new to judge. */
function stretches(
  { base, baseTimeframe }: ReplayHistory,
  cards: readonly DatedCard[],
  { from, to, everyMs }: ReplaySpan,
): readonly (DatedCard & { readonly to: number })[] {
  const newest = (base.time.at(-1) ?? 0) + timeframeMs(baseTimeframe);
  const last = Math.min(to, newest + 1);
  return cards.map((dated, k) => ({
    card: dated.card,
    from: Math.ceil(Math.max(from, dated.from) / everyMs) * everyMs,
    to: Math.min(last, cards[k + 1]?.from ?? last),
  }));
}
