import { quote, ScannerError } from '../errors.js';
import type { Timeframe } from '../market/timeframe.js';
import type { DataProvider } from '../ports/data-provider.js';
import { abortRules } from './provider-rules/abort-rules.js';
import { bookRules } from './provider-rules/book-rules.js';
import { candleRules } from './provider-rules/candle-rules.js';
import { marketRules } from './provider-rules/market-rules.js';
import { type Rule, readSubject, type Subject } from './provider-rules/subject.js';
import { tickerRules } from './provider-rules/ticker-rules.js';
import { tradeRules } from './provider-rules/trade-rules.js';

/** What {@link checkDataProvider} asks about. */
export interface DataProviderCheckOptions {
  /**
   * Markets with some hundred candles.
   * @defaultValue the first three the provider lists
   */
  readonly symbols?: readonly string[];
  /** @defaultValue those of 1m, 5m, 15m, 1h and 4h that the provider does not reject as `unsupported` */
  readonly timeframes?: readonly Timeframe[];
}

/** One rule of the contract, and whether the provider keeps it. */
export interface RuleCheck {
  readonly rule: string;
  readonly passed: boolean;
  /** What was found instead; `undefined` when passed. */
  readonly found: string | undefined;
}

/** What a check of a provider found. */
export interface DataProviderReport {
  readonly providerId: string;
  readonly passed: boolean;
  readonly checks: readonly RuleCheck[];
  /** Of each broken rule, a sentence with the rule and what was found. Empty when passed. */
  readonly failures: readonly string[];
}

/**
 * Checks a provider against the contract of `DataProvider`: shapes, closed candles only, nothing later than `asOf`, the
 * newest first when there is a limit, the same answer to the same question, the right error for an unknown symbol and for an
 * abort. Needs no test framework, asks one question after another, and never rejects: what a provider does wrong is a
 * failure in the report. Rules about capabilities that the provider lacks are left out.
 *
 * @example
 * ```ts
 * import { checkDataProvider } from 'enhanced-market-scanner/testing';
 * import { syntheticProvider } from 'enhanced-market-scanner/providers';
 *
 * const { failures } = await checkDataProvider(syntheticProvider());
 * console.log(failures); // []
 * ```
 */
export async function checkDataProvider(
  provider: DataProvider,
  options: DataProviderCheckOptions = {},
): Promise<DataProviderReport> {
  const checks: RuleCheck[] = [];
  const run = async (rule: string, hold: () => Promise<void>): Promise<void> => {
    checks.push(await outcome(rule, hold));
  };
  let subject: Subject | undefined;
  await run('markets and candles can be read at all', async () => {
    subject = await readSubject(provider, options);
  });
  for (const { rule, holds } of subject === undefined ? [] : rulesFor(subject)) {
    await run(rule, () => holds(subject as Subject));
  }
  const failures = checks
    .filter((check) => !check.passed)
    .map((check) => `${check.rule}: ${check.found}`);
  return { providerId: provider.id, passed: failures.length === 0, checks, failures };
}

function rulesFor({ provider }: Subject): Rule[] {
  return [
    ...marketRules,
    ...tickerRules,
    ...candleRules,
    ...(provider.fetchOrderBook === undefined ? [] : bookRules),
    ...(provider.fetchTrades === undefined ? [] : tradeRules),
    ...abortRules(provider),
  ];
}

async function outcome(rule: string, hold: () => Promise<void>): Promise<RuleCheck> {
  try {
    await hold();
    return { rule, passed: true, found: undefined };
  } catch (error) {
    return { rule, passed: false, found: describe(error) };
  }
}

function describe(error: unknown): string {
  if (ScannerError.is(error)) return `rejected with '${error.code}': ${error.message}`;
  return error instanceof Error ? error.message : quote(error);
}
