import { createHash } from 'node:crypto';
import type { AiScorer } from '../ports/ai-scorer.js';
import type { Clock } from '../ports/clock.js';
import type { DataProvider, RequestOptions } from '../ports/data-provider.js';
import { passThrough } from './pass-through.js';
import { CallRecorder } from './recorded/call-recorder.js';
import type { Capsule, RecordedScorer } from './recorded/capsule.js';
import { QUESTIONS, type QuestionName, questionKey, reviewKey } from './recorded/questions.js';
import { redactData, redactor } from './redactor.js';

/** How {@link recordedProvider} records. */
export interface RecordedProviderOptions {
  /** Texts that must appear nowhere, such as keys; those of fewer than four characters cannot be told from others. */
  readonly secrets?: readonly string[];
  /** The clock whose reads are recorded. @defaultValue `Date.now` */
  readonly clock?: Clock;
}

/** What a recorder cannot know by itself. */
export interface CapsuleDetails {
  /** The scanner's settings after defaults. */
  readonly config: unknown;
  /** The scanner's model card, where it was given one. */
  readonly modelCard?: unknown;
  /** The symbols that were asked for; the filtered market without them. */
  readonly symbols?: readonly string[] | undefined;
  readonly versions: Readonly<Record<string, string>>;
  readonly durationMs: number;
}

/** A provider that remembers what it was asked and what it answered. */
export interface RecordedProvider extends DataProvider {
  /** The clock to give the scanner; its reads are recorded. */
  readonly clock: Clock;
  /** The scorer to give the scanner in the place of another; what it says is recorded. */
  recordScorer(scorer: AiScorer): AiScorer;
  /** Everything recorded so far, without secrets. */
  capsule(details: CapsuleDetails): Capsule;
}

/**
 * Records what another provider answers, failures and silences included, so that `replayProvider` can tell it again.
 *
 * An AI scorer that goes through `recordScorer` is part of the recording. Secrets are taken out of errors before anybody sees
 * them, and out of the whole capsule.
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
  const recorder = new CallRecorder(redact);
  const clockReads: number[] = [];
  let recordedScorer: RecordedScorer | undefined;
  const source = passThrough(inner);
  const record = (name: QuestionName): object => {
    const ask = source[name] as ((...args: unknown[]) => Promise<unknown>) | undefined;
    if (ask === undefined) return {};
    return {
      [name]: (...args: unknown[]) => {
        const options = (args.at(-1) ?? {}) as RequestOptions;
        return recorder.record(questionKey(name, args), options, () => ask(...args));
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
    recordScorer: (scorer) => {
      const { id, mode, reconnect, close } = scorer;
      recordedScorer = { id, mode };
      return {
        ...{ id, mode },
        review: (signals, options = {}) =>
          recorder.record(reviewKey(signals, options), options, () =>
            scorer.review(signals, options),
          ),
        ...(reconnect && { reconnect: reconnect.bind(scorer) }),
        ...(close && { close: close.bind(scorer) }),
      };
    },
    capsule: ({ config, modelCard, symbols, versions, durationMs }) => {
      const capsule: Capsule = {
        format: 1,
        providerId: inner.id,
        capabilities: QUESTIONS.filter((name) => source[name] !== undefined),
        versions,
        config,
        modelCard,
        symbols,
        configHash: createHash('sha256').update(JSON.stringify(config)).digest('hex'),
        clockReads,
        calls: recorder.calls,
        scorer: recordedScorer,
        durationMs,
      };
      return redactData(JSON.parse(JSON.stringify(capsule)), redact) as Capsule;
    },
  };
}
