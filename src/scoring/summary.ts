import type { MarketRegime } from '../analysis/regime/market-regime.js';
import type { MarketObservation } from './observation.js';
import type { MarketSignal } from './signal.js';

/** The whole market in one object. */
export interface MarketSummary {
  /** The moment the summary speaks of, epoch milliseconds. */
  readonly timestamp: number;
  readonly totalSymbols: number;
  readonly scannedSymbols: number;
  readonly marketSentiment: 'bullish' | 'bearish' | 'neutral';
  /** Liquidity-weighted mean bias, -1 to +1; 0 when no symbol could be read. */
  readonly sentimentScore: number;
  /** Share of the symbols read whose trend is up, 0 to 1; `undefined` when none could be read. */
  readonly breadth: number | undefined;
  /** Median annualised realised volatility, as a fraction; `undefined` when none is known. */
  readonly volatilityIndex: number | undefined;
  /** How many symbols trade more, less or about as much as they lately did. */
  readonly volumeTrends: Readonly<Record<'rising' | 'falling' | 'steady', number>>;
  /** The regime more symbols are in than in any other; `undetermined` on a tie or without evidence. */
  readonly regime: MarketRegime;
  /** Best score first. */
  readonly topOpportunities: readonly MarketSignal[];
}

/** What {@link summarizeMarket} reads. */
export interface MarketSummaryInput {
  readonly timestamp: number;
  /** How many symbols the market has, scanned or not. */
  readonly totalSymbols: number;
  /** One for every scanned symbol, in any order. */
  readonly observations: readonly MarketObservation[];
  /** Best score first. */
  readonly signals: readonly MarketSignal[];
}

/** A mean bias beyond this, either way, is a sentiment. */
const SENTIMENT = 0.1;

/**
 * Sums up a scan. Symbols with unfit data are counted as scanned and otherwise left out; the order of the observations does
 * not matter.
 *
 * The weight of a symbol in the sentiment is its quote volume of 24 hours. Where some symbols have one, those without weigh
 * nothing; where none has, all weigh alike.
 */
export function summarizeMarket(input: MarketSummaryInput): MarketSummary {
  // Sums of doubles depend on their order; arrival must not.
  const read = input.observations
    .filter(({ sound }) => sound)
    .sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  const sentimentScore = sentiment(read);
  return {
    timestamp: input.timestamp,
    totalSymbols: input.totalSymbols,
    scannedSymbols: input.observations.length,
    marketSentiment: sentimentName(sentimentScore),
    sentimentScore,
    breadth:
      read.length === 0
        ? undefined
        : count(read, ({ trendDirection }) => trendDirection === 'up') / read.length,
    volatilityIndex: median(
      read.map(({ annualVolatility }) => annualVolatility).filter((value) => value !== undefined),
    ),
    volumeTrends: {
      rising: count(read, ({ volumeTrend }) => volumeTrend === 'rising'),
      falling: count(read, ({ volumeTrend }) => volumeTrend === 'falling'),
      steady: count(read, ({ volumeTrend }) => volumeTrend === 'steady'),
    },
    regime: commonRegime(read),
    topOpportunities: input.signals,
  };
}

function sentiment(observations: readonly MarketObservation[]): number {
  const known = observations.some(({ quoteVolume24h }) => (quoteVolume24h ?? 0) > 0);
  let weights = 0;
  let sum = 0;
  for (const { bias, quoteVolume24h } of observations) {
    const weight = known ? (quoteVolume24h ?? 0) : 1;
    weights += weight;
    sum += weight * bias;
  }
  return weights > 0 ? sum / weights : 0;
}

function sentimentName(score: number): MarketSummary['marketSentiment'] {
  if (score > SENTIMENT) return 'bullish';
  return score < -SENTIMENT ? 'bearish' : 'neutral';
}

function commonRegime(observations: readonly MarketObservation[]): MarketRegime {
  const regimes: readonly MarketRegime[] = ['bull', 'bear', 'range', 'volatile'];
  const counts = regimes.map((name) => count(observations, ({ regime }) => regime === name));
  const most = Math.max(...counts);
  const leaders = regimes.filter((_, i) => counts[i] === most);
  return most > 0 && leaders.length === 1 ? leaders[0] : 'undetermined';
}

function count<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length;
}

function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
