import { defaultModelCard } from '../forecast/default-model-card.js';
import { isPerpetual } from '../market/is-perpetual.js';
import type { Market } from '../market/market.js';
import type { ScannerConfig } from '../scanner/config.js';
import type { BacktestOptions, MarketTerms, TradingTerms } from './backtest-run.js';
import { DEFAULT_COSTS } from './costs.js';
import type { DatedCard } from './dated-card.js';
import type { ReplayHistory } from './replay-history.js';
import type { ReplaySpan } from './replay-span.js';

/** The cards that decisions are taken with, in the order of time. */
export function cardsOf(
  { cards, modelCard = defaultModelCard }: BacktestOptions,
  { from }: ReplaySpan,
): readonly DatedCard[] {
  return cards ?? [{ from, card: modelCard }];
}

/** What a market takes of every position in it. */
export function chargesOf({
  symbol,
  takerFeeBps,
}: Market): Pick<MarketTerms, 'takerFeeBps' | 'paysFunding'> {
  return { takerFeeBps, paysFunding: isPerpetual(symbol) };
}

/** What the options of a back-test come to. */
export function termsOf(
  histories: readonly ReplayHistory[],
  span: ReplaySpan,
  { horizonMs }: ScannerConfig,
  options: BacktestOptions,
): TradingTerms {
  const { costs = DEFAULT_COSTS, latencyBars = 0, tradeAll = true } = options;
  return {
    costs,
    latencyBars,
    everyMs: span.everyMs,
    horizonMs,
    tradeAll,
    markets: histories.map(({ market, baseTimeframe, finerTimeframe }) => ({
      symbol: market.symbol,
      ...chargesOf(market),
      baseTimeframe,
      ...(finerTimeframe !== undefined && { finerTimeframe }),
    })),
    cards: cardsOf(options, span).map(({ from, card: { id, tilt } }) => ({
      from,
      id,
      provenShare: tilt.provenShare,
    })),
  };
}
