import { quote, ScannerError } from '../errors.js';
import type { CandleSeries } from '../market/candle-series.js';
import type { Market } from '../market/market.js';
import type { AiScorer } from '../ports/ai-scorer.js';
import { applyVerdict } from '../scoring/ai-adjustment.js';
import { boundedVerdict } from '../scoring/ai-opinion.js';
import { byRank } from '../scoring/portfolio.js';
import { type Rejection, rejectionFor, thresholdMiss } from '../scoring/rejection.js';
import type { AiVerdict, MarketSignal } from '../scoring/signal.js';
import type { ScannerConfig } from './config.js';
import type { ScanReport } from './scan-report.js';
import type { ScanRun } from './scan-run.js';

/** What is known of a candidate besides its signal. */
export interface CandidateMarket {
  readonly market: Pick<Market, 'lotSize' | 'minNotional'>;
  /** Candles of the plan's timeframe. */
  readonly candles: CandleSeries | undefined;
}

/** Signals after the AI scorer was heard. */
export interface Reviewed {
  readonly candidates: readonly MarketSignal[];
  /** Candidates whose score fell below the least one. */
  readonly rejections: readonly Rejection[];
  readonly ai: ScanReport['ai'];
  /** Why the scorer was not heard. */
  readonly error: ScannerError | undefined;
}

/** How many times more candidates are shown than there are places: enough for some to overtake others. */
const SHOWN_PER_PLACE = 2;

/**
 * Asks the AI scorer about the best candidates. It moves their scores within bounds, may shrink a size, and does nothing else;
 * when it fails, base scores stand.
 *
 * @throws ScannerError `aborted` when the scan is.
 */
export async function reviewCandidates(
  candidates: readonly MarketSignal[],
  markets: ReadonlyMap<string, CandidateMarket>,
  scorer: AiScorer | undefined,
  config: ScannerConfig,
  run: ScanRun,
): Promise<Reviewed> {
  const unheard = { candidates, rejections: [], error: undefined };
  if (scorer === undefined || scorer.mode === 'off' || candidates.length === 0) {
    return { ...unheard, ai: 'absent' };
  }
  const shown = candidates.toSorted(byRank).slice(0, SHOWN_PER_PLACE * config.maxPositions);
  try {
    const verdicts: unknown = await run.call(
      'the AI scorer',
      ({ signal }) =>
        scorer.review(shown, {
          signal,
          asOf: run.asOf,
          timeframe: config.planTimeframe,
          candles: candlesOf(shown, markets),
        }),
      { maxMs: config.aiTimeoutMs },
    );
    if (!(verdicts instanceof Map)) {
      throw new ScannerError('bad_data', `verdicts must be a Map, were ${quote(verdicts)}`);
    }
    const heard = readVerdicts(candidates, verdicts);
    const ai = heard.size === 0 ? 'silent' : 'applied';
    return { ...applied(candidates, markets, heard, scorer, config), ai, error: undefined };
  } catch (error) {
    if (run.signal.aborted) throw error;
    return {
      candidates: candidates.map((signal) => withoutVerdict(signal, 'the AI scorer was not heard')),
      rejections: [],
      ai: 'unavailable',
      error: unavailable(scorer, error),
    };
  }
}

/** @throws ScannerError `bad_data` when there are opinions and none can be read; some of many are left out. */
function readVerdicts(
  candidates: readonly MarketSignal[],
  opinions: ReadonlyMap<unknown, unknown>,
): ReadonlyMap<string, AiVerdict> {
  const given = candidates.filter(({ symbol }) => opinions.has(symbol));
  const heard = new Map<string, AiVerdict>();
  for (const { symbol } of given) {
    const verdict = boundedVerdict(opinions.get(symbol));
    if (verdict !== undefined) heard.set(symbol, verdict);
  }
  if (given.length > 0 && heard.size === 0) {
    const found = quote(opinions.get(given[0].symbol));
    throw new ScannerError('bad_data', `an opinion must hold numbers to go by, was ${found}`);
  }
  return heard;
}

function applied(
  candidates: readonly MarketSignal[],
  markets: ReadonlyMap<string, CandidateMarket>,
  verdicts: ReadonlyMap<string, AiVerdict>,
  { id, mode = 'bounded' }: AiScorer,
  config: ScannerConfig,
): Pick<Reviewed, 'candidates' | 'rejections'> {
  const kept: MarketSignal[] = [];
  const rejections: Rejection[] = [];
  for (const candidate of candidates) {
    const verdict = verdicts.get(candidate.symbol);
    const market = markets.get(candidate.symbol)?.market;
    const terms = { scorer: id, mode, maxAdjustment: config.maxAiAdjustment };
    const signal =
      verdict && market
        ? applyVerdict(candidate, verdict, { ...terms, market })
        : withoutVerdict(candidate, 'the AI scorer gave no opinion on it');
    const rejection = belowLeastScore(signal, config.minScore);
    if (rejection === undefined) kept.push(signal);
    else rejections.push(rejection);
  }
  return { candidates: kept, rejections };
}

function withoutVerdict(signal: MarketSignal, why: string): MarketSignal {
  return { ...signal, absent: { ...signal.absent, ai: why, aiEnhancedScore: why } };
}

function candlesOf(
  shown: readonly MarketSignal[],
  markets: ReadonlyMap<string, CandidateMarket>,
): ReadonlyMap<string, CandleSeries> {
  return new Map(
    shown.flatMap(({ symbol }) => {
      const candles = markets.get(symbol)?.candles;
      return candles === undefined ? [] : [[symbol, candles] as const];
    }),
  );
}

function belowLeastScore(
  { symbol, score, quality }: MarketSignal,
  threshold: number,
): Rejection | undefined {
  const miss = thresholdMiss({
    rule: 'min-score',
    setting: 'minScore',
    value: score,
    threshold,
    sense: 'at-least',
  });
  return miss && rejectionFor({ symbol, misses: [miss], admitsTo: 'the ranking', quality });
}

function unavailable(scorer: AiScorer, error: unknown): ScannerError {
  const message = error instanceof Error ? error.message : quote(error);
  return new ScannerError('ai_scorer', `${scorer.id}: ${message}`, { cause: error });
}
