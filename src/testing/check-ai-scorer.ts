import { quote, ScannerError } from '../errors.js';
import type { AiScorer } from '../ports/ai-scorer.js';
import { boundedVerdict } from '../scoring/ai-opinion.js';
import type { MarketSignal } from '../scoring/signal.js';
import type { RuleCheck } from './check-data-provider.js';
import { BrokenRule, demand } from './demand.js';

/** What {@link checkAiScorer} asks about. */
export interface AiScorerCheckOptions {
  /** Signals to review, such as those of a scan; at least one. */
  readonly signals: readonly MarketSignal[];
  /** Longest time a review may take. @defaultValue 10_000 */
  readonly timeoutMs?: number;
}

/** What a check of a scorer found. */
export interface AiScorerReport {
  readonly scorerId: string;
  readonly passed: boolean;
  readonly checks: readonly RuleCheck[];
  /** Of each broken rule, a sentence with the rule and what was found. Empty when passed. */
  readonly failures: readonly string[];
}

type Answer = ReadonlyMap<unknown, unknown>;

/**
 * Checks a scorer against the contract of `AiScorer`: a map of opinions with numbers in bounds, about symbols that were shown and no
 * others, nothing for no signals, signals left as they were, an end by its time and on abort. Needs no test framework and never
 * rejects: what a scorer does wrong is a failure in the report.
 *
 * @example
 * ```ts
 * import { EnhancedMarketScanner } from 'enhanced-market-scanner';
 * import { syntheticProvider } from 'enhanced-market-scanner/providers';
 * import { checkAiScorer } from 'enhanced-market-scanner/testing';
 *
 * const scanner = new EnhancedMarketScanner({ provider: syntheticProvider() });
 * const scorer = { id: 'mute', review: async () => new Map() };
 * const signals = await scanner.scanMarketsParallel();
 * console.log((await checkAiScorer(scorer, { signals })).failures); // []
 * ```
 */
export async function checkAiScorer(
  scorer: AiScorer,
  { signals, timeoutMs = 10_000 }: AiScorerCheckOptions,
): Promise<AiScorerReport> {
  const checks: RuleCheck[] = [];
  for (const { rule, holds } of rulesFor(scorer, signals, timeoutMs)) {
    checks.push(await outcome(rule, holds));
  }
  const failures = checks
    .filter((check) => !check.passed)
    .map((check) => `${check.rule}: ${check.found}`);
  return { scorerId: scorer.id, passed: failures.length === 0, checks, failures };
}

interface Rule {
  readonly rule: string;
  holds(): Promise<void>;
}

function rulesFor(scorer: AiScorer, signals: readonly MarketSignal[], timeoutMs: number): Rule[] {
  let answer: Answer | undefined;
  const review = (shown: readonly MarketSignal[], signal?: AbortSignal): Promise<unknown> =>
    within(timeoutMs, async () => scorer.review(shown, { signal }));
  return [
    {
      rule: 'review resolves to a Map, and leaves the signals as they were',
      async holds() {
        demand(signals.length > 0, 'there are no signals to review');
        const before = JSON.stringify(signals);
        const given = await review(signals);
        demand(given instanceof Map, `it resolves to ${quote(given)}`);
        demand(JSON.stringify(signals) === before, 'a signal has changed');
        answer = given;
      },
    },
    {
      rule: 'every opinion is about a symbol that was shown',
      async holds() {
        const shown = new Set<unknown>(signals.map(({ symbol }) => symbol));
        for (const symbol of answer?.keys() ?? []) {
          demand(shown.has(symbol), `${quote(symbol)} was not shown`);
        }
      },
    },
    {
      rule: 'every opinion has numbers within their bounds, and a rationale',
      async holds() {
        for (const [symbol, opinion] of answer ?? []) requireOpinion(String(symbol), opinion);
      },
    },
    {
      rule: 'no signals get no opinions',
      async holds() {
        const given = await review([]);
        demand(given instanceof Map && given.size === 0, `it resolves to ${quote(given)}`);
      },
    },
    {
      rule: 'a review whose signal has fired ends',
      async holds() {
        // It may reject, or answer from what it knows already; it may not hang.
        await review(signals, AbortSignal.abort()).catch((error: unknown) => {
          if (error instanceof BrokenRule) throw error;
        });
      },
    },
  ];
}

function requireOpinion(symbol: string, opinion: unknown): void {
  const verdict = boundedVerdict(opinion);
  demand(verdict !== undefined, `the opinion on ${quote(symbol)} holds no numbers`);
  const given = opinion as Readonly<Record<string, unknown>>;
  const { rationale, answers: listed } = given;
  demand(typeof rationale === 'string', `${quote(symbol)} has no rationale`);
  for (const field of ['adjustment', 'confidence', 'sizeFactor'] as const) {
    if (!('answers' in given) || field === 'sizeFactor') requireKept(symbol, field, given, verdict);
  }
  const answers = Array.isArray(listed) ? listed : [];
  demand(answers.length === verdict.answers.length, `${quote(symbol)} has an answer that is none`);
  for (const [i, answer] of answers.entries()) {
    for (const field of ['support', 'confidence', 'weight', 'ageMs', 'sizeFactor'] as const) {
      requireKept(symbol, field, answer, verdict.answers[i]);
    }
  }
}

/** Demands that bringing a number within its bounds did not change it. */
function requireKept<Field extends string>(
  symbol: string,
  field: Field,
  given: Readonly<Record<string, unknown>>,
  kept: Readonly<Partial<Record<Field, unknown>>>,
): void {
  const value = given[field];
  demand(
    value === undefined || value === kept[field],
    `${quote(symbol)} has a ${field} of ${quote(value)}, beyond its bounds`,
  );
}

async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BrokenRule(`it still runs after ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function outcome(rule: string, hold: () => Promise<void>): Promise<RuleCheck> {
  try {
    await hold();
    return { rule, passed: true, found: undefined };
  } catch (error) {
    if (ScannerError.is(error)) {
      return { rule, passed: false, found: `rejected with '${error.code}': ${error.message}` };
    }
    return {
      rule,
      passed: false,
      found: error instanceof Error ? error.message : quote(error),
    };
  }
}
