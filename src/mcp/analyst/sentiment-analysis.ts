import type { SentimentAnalysis } from '../analyst-answer.js';
import type { AnalystQuestion } from '../analyst-question.js';
import type { Finding } from './finding.js';
import type { NewsItem, NewsSource } from './news-source.js';

const WINDOW_MS = 86_400_000;
/** So many items cover a symbol fully. */
const FULL_COVERAGE = 10;

const GOOD = new Set(
  'adoption approval approved beat breakout bullish gain gains growth inflow inflows launch partnership rally record soar soars surge surges upgrade upgraded'.split(
    ' ',
  ),
);
const BAD = new Set(
  'attack ban banned bankruptcy bearish breach crash crashes delist delisted delisting exploit exploited fraud hack hacked halt halted investigation lawsuit liquidation liquidations loss losses outflow outflows plunge plunges selloff'.split(
    ' ',
  ),
);

/** Counts words that are good and bad for a price in the news of a day. Without a source it knows nothing, and says so. */
export async function analyzeSentiment(
  { symbol, as_of }: AnalystQuestion,
  news: NewsSource | undefined,
): Promise<Finding<SentimentAnalysis>> {
  const capability = 'sentiment_analysis';
  const items = (await news?.itemsAbout(symbol, as_of - WINDOW_MS, as_of)) ?? [];
  if (items.length === 0) {
    const reasons = [news === undefined ? 'there is no source of news' : 'no news of the last day'];
    return { capability, confidence: 0, n_obs: 0, reasons, bias: 0, coverage: 0, sources: 0 };
  }
  const { good, bad } = count(items);
  const sources = new Set(items.map(({ source }) => source)).size;
  const coverage = Math.min(1, items.length / FULL_COVERAGE);
  return {
    capability,
    // One voice repeated is one voice: a single source is never more than half sure.
    confidence: (coverage * (good + bad) * sources) / ((good + bad + 5) * (sources + 1)),
    n_obs: items.length,
    reasons: [`${good} good and ${bad} bad words in ${items.length} items of ${sources} sources`],
    bias: (good - bad) / (good + bad + 2),
    coverage,
    sources,
  };
}

function count(items: readonly NewsItem[]): { readonly good: number; readonly bad: number } {
  const words = items.flatMap(({ text }) => text.toLowerCase().match(/[a-z]+/g) ?? []);
  return {
    good: words.filter((word) => GOOD.has(word)).length,
    bad: words.filter((word) => BAD.has(word)).length,
  };
}
