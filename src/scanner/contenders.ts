import { boundedMap, type Limiter } from '../parallel/bounded-map.js';
import { bestScore } from '../scoring/best-score.js';
import type { ScoringInput } from '../scoring/judgement.js';
import { selectSignals } from '../scoring/portfolio.js';
import type { MarketSignal } from '../scoring/signal.js';
import type { ScanRun } from './scan-run.js';
import type { SymbolResult, SymbolScanner } from './symbol-scanner.js';
import type { Candidate } from './universe.js';

/** What contenders are found with. */
export interface ContenderSearch {
  readonly symbols: SymbolScanner;
  readonly limit: Limiter;
  readonly run: ScanRun;
  /** Whether these candidates compete for places with nobody else, and on their own scores alone. */
  readonly competes: boolean;
  readonly deliver: (result: SymbolResult) => void;
}

/** A candidate by its candles, and the best that its book and trades could make of it. */
interface Contender {
  readonly candidate: Candidate;
  readonly input: ScoringInput;
  readonly best: number;
}

/**
 * Scans candidates by their candles first, and asks for books and trades only of those that could still become signals: the
 * most promising first, until nobody is left whose best possible score is enough. The signals are those of a full scan.
 *
 * @throws ScannerError `aborted`
 */
export async function scanContenders(
  candidates: readonly Candidate[],
  search: ContenderSearch,
): Promise<void> {
  const { symbols, limit, run, deliver } = search;
  const contenders: Contender[] = [];
  await boundedMap(
    candidates,
    limit,
    async (candidate) => {
      const read = await symbols.readCandles(candidate, run);
      if ('error' in read) deliver(read);
      else contenders.push({ candidate, input: read, best: bestScore(read) });
    },
    run.signal,
  );
  contenders.sort((a, b) => b.best - a.best);
  const found: MarketSignal[] = [];
  while (contenders.length > 0 && !isDecided(contenders[0].best, found, search)) {
    const next = contenders.splice(0, run.config.concurrency);
    await boundedMap(
      next,
      limit,
      async ({ candidate, input }) => {
        const result = await symbols.complete(candidate, input, run);
        if (result.scored?.kind === 'signal') found.push(result.scored.signal);
        deliver(result);
      },
      run.signal,
    );
  }
  for (const { candidate, input } of contenders) deliver(symbols.dismiss(candidate, input, run));
}

/**
 * Whether nobody with at most that score can be among the signals any more: it is too low, or better ones fill every place. Who
 * scores less has no part in whether the better ones fit together.
 */
function isDecided(
  best: number,
  found: readonly MarketSignal[],
  { run: { config }, competes }: ContenderSearch,
): boolean {
  if (best < config.minScore) return true;
  if (!competes) return false;
  const better = found.filter(({ score }) => score > best);
  return selectSignals(better, config).signals.length >= config.maxPositions;
}
