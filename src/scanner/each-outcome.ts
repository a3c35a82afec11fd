import { AsyncQueue } from '../parallel/async-queue.js';
import type { ScanEngine } from './scan-engine.js';
import type { ScanRun } from './scan-run.js';
import { outcomeOf, type SymbolOutcome } from './symbol-outcome.js';

/**
 * What becomes of each symbol as it finishes, beginning with those that no candles are read of.
 *
 * @throws ScannerError `aborted`, or what the source fails with before there are symbols.
 */
export async function* eachOutcome(
  engine: ScanEngine,
  run: ScanRun,
  symbols: readonly string[] | undefined,
): AsyncGenerator<SymbolOutcome, void, undefined> {
  const { candidates, rejections, failures, error } = await engine.find(run, symbols);
  if (error !== undefined && failures.length === 0) throw error;
  for (const failure of failures) yield { ok: false, ...failure };
  for (const rejection of rejections) {
    yield { ok: true, symbol: rejection.symbol, signal: undefined, rejection };
  }
  const outcomes = new AsyncQueue<SymbolOutcome>();
  engine
    .scanAll(candidates, run, (result) => outcomes.push(outcomeOf(result)))
    .then(
      () => outcomes.end(),
      (failure) => outcomes.fail(failure),
    );
  yield* outcomes;
}
