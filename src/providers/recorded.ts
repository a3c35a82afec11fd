import { createHash } from 'node:crypto';
import { ScannerError } from '../errors.js';
import type { Clock } from '../ports/clock.js';
import type { DataProvider, RequestOptions } from '../ports/data-provider.js';
import { passThrough } from './pass-through.js';
import { encodeAnswer } from './recorded/answer-code.js';
import type { Capsule, RecordedAnswer } from './recorded/capsule.js';
import { QUESTIONS, type QuestionName, questionKey } from './recorded/questions.js';
import { redactor } from './recorded/redact.js';

/** How {@link recordedProvider} records. */
export interface RecordedProviderOptions {
  /** Texts that must appear nowhere, such as keys; those of fewer than six characters cannot be told from others. */
  readonly secrets?: readonly string[];
  /** The clock whose reads are recorded. @defaultValue `Date.now` */
  readonly clock?: Clock;
}

/** What a recorder cannot know by itself. */
export interface CapsuleDetails {
  /** The scanner's settings after defaults. */
  readonly config: unknown;
  /** The symbols that were asked for; the filtered market without them. */
  readonly symbols?: readonly string[] | undefined;
  readonly versions: Readonly<Record<string, string>>;
  readonly durationMs: number;
}

/** A provider that remembers what it was asked and what it answered. */
export interface RecordedProvider extends DataProvider {
  /** The clock to give the scanner; its reads are recorded. */
  readonly clock: Clock;
  /** Everything recorded so far, without secrets. */
  capsule(details: CapsuleDetails): Capsule;
}

/**
 * Records what another provider answers, failures and silences included, so that `replayProvider` can tell it again.
 *
 * Secrets are taken out of errors before anybody sees them, and out of the whole capsule.
 *
 * @example
 * ```ts
 * import { EnhancedMarketScanner } from 'enhanced-market-scanner';
 * import { recordedProvider, syntheticProvider } from 'enhanced-market-scanner/providers';
 *
 * const provider = recordedProvider(syntheticProvider(), { clock: () => Date.UTC(2024, 5, 1) });
 * const scanner = new EnhancedMarketScanner({ provider, clock: provider.clock });
 * const { durationMs } = await scanner.scan();
 * const capsule = provider.capsule({ config: scanner.config, versions: {}, durationMs });
 * console.log(JSON.stringify(capsule).length);
 * ```
 */
export function recordedProvider(
  inner: DataProvider,
  { secrets = [], clock = Date.now }: RecordedProviderOptions = {},
): RecordedProvider {
  const redact = redactor(secrets);
  const calls = new Map<string, RecordedAnswer[]>();
  const clockReads: number[] = [];
  const source = passThrough(inner);
  const record = (name: QuestionName): object => {
    const ask = source[name] as ((...args: unknown[]) => Promise<unknown>) | undefined;
    if (ask === undefined) return {};
    return {
      [name]: async (...args: unknown[]) => {
        const key = questionKey(name, args);
        const answers = calls.get(key) ?? [];
        calls.set(key, answers);
        const place = answers.push({ kind: 'silence' }) - 1;
        const { signal } = (args.at(-1) ?? {}) as RequestOptions;
        try {
          const value = await ask(...args);
          if (!signal?.aborted) answers[place] = { kind: 'answer', value: encodeAnswer(value) };
          return value;
        } catch (error) {
          const clean = withoutSecrets(error, redact);
          if (!signal?.aborted) answers[place] = recordedError(clean);
          throw clean;
        }
      },
    };
  };
  return {
    ...source,
    ...Object.assign({}, ...QUESTIONS.map(record)),
    clock: () => {
      const time = clock();
      clockReads.push(time);
      return time;
    },
    capsule: ({ config, symbols, versions, durationMs }) => {
      const capsule: Capsule = {
        format: 1,
        providerId: inner.id,
        capabilities: QUESTIONS.filter((name) => source[name] !== undefined),
        versions,
        config,
        symbols,
        configHash: createHash('sha256').update(JSON.stringify(config)).digest('hex'),
        clockReads,
        calls: Array.from(calls, ([question, answers]) => ({ question, answers })),
        durationMs,
      };
      return JSON.parse(redact(JSON.stringify(capsule)));
    },
  };
}

function withoutSecrets(error: unknown, redact: (text: string) => string): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? redact(error) : error;
  const message = redact(error.message);
  if (message === error.message) return error;
  // Without its cause: that may hold the secret too.
  if (ScannerError.is(error))
    return new ScannerError(error.code, message, { symbol: error.symbol });
  return new Error(message);
}

function recordedError(error: unknown): RecordedAnswer {
  const { code, symbol } = ScannerError.is(error) ? error : { code: undefined, symbol: undefined };
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'error', code, message, symbol };
}
