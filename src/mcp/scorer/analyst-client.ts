import { createHash } from 'node:crypto';
import { quote, ScannerError } from '../../errors.js';
import { timeframeMs } from '../../market/timeframe.js';
import { boundedMap, limiter } from '../../parallel/bounded-map.js';
import { type AnalystAnswer, answerSchema } from '../analyst-answer.js';
import { batchAnswerSchema } from '../analyst-question.js';
import type { Capability } from '../capability.js';
import { KeyedCache } from '../keyed-cache.js';
import type { Peer } from './peer.js';
import type { QuestionPayload } from './question.js';

const BATCH = 'analyze_batch';
const BATCH_SIZE = 30;
const BATCHES_AT_ONCE = 2;
const CALLS_AT_ONCE = 4;
const MOST_KEPT = 2_000;
const LONGEST_KEPT_MS = 60_000;
/** An answer may speak of a moment so long before the question's. */
const MOST_AGE_MS = 600_000;
/** Clocks differ. */
const MOST_LEAD_MS = 60_000;

/** Takes the answers to one question as they come. */
export type Deliver = (question: QuestionPayload, answers: readonly AnalystAnswer[]) => void;

/** Asks one analyst about many markets: what it has answered lately is not asked again, and what is being asked is asked once. */
export class AnalystClient {
  readonly #peer: Peer;
  readonly #capabilities: readonly Capability[];
  readonly #cache = new KeyedCache<readonly AnalystAnswer[]>(MOST_KEPT);
  readonly #pending = new Map<string, Promise<readonly AnalystAnswer[]>>();

  constructor(peer: Peer, capabilities: readonly Capability[]) {
    this.#peer = peer;
    this.#capabilities = capabilities;
  }

  /**
   * Asks everything, and delivers each answer when it is there.
   *
   * @throws ScannerError when anything could not be asked; what was delivered before stands.
   */
  async ask(
    questions: readonly QuestionPayload[],
    signal: AbortSignal,
    deliver: Deliver,
  ): Promise<void> {
    const fresh: [key: string, question: QuestionPayload][] = [];
    const awaited: Promise<void>[] = [];
    for (const question of questions) {
      const key = keyOf(question);
      const kept = this.#cache.get(key, Date.now(), keptMs(question));
      const pending = this.#pending.get(key);
      if (kept !== undefined) deliver(question, kept);
      else if (pending !== undefined) {
        awaited.push(pending.then((answers) => deliver(question, answers)));
      } else fresh.push([key, question]);
    }
    if (fresh.length > 0) awaited.push(this.#askFresh(fresh, signal, deliver));
    // One that fails must not keep the others from being heard.
    const failed = (await Promise.allSettled(awaited)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  async #askFresh(
    fresh: readonly [key: string, question: QuestionPayload][],
    signal: AbortSignal,
    deliver: Deliver,
  ): Promise<void> {
    const waiting = new Map<string, Waiting>();
    for (const [key] of fresh)
      this.#pending.set(
        key,
        promised((each) => waiting.set(key, each)),
      );
    const keys = new Map(fresh.map(([key, question]) => [question, key]));
    const keep: Deliver = (question, answers) => {
      const key = keys.get(question) ?? '';
      this.#cache.set(key, answers, Date.now());
      waiting.get(key)?.resolve(answers);
      deliver(question, answers);
    };
    let failure: unknown = new ScannerError('bad_data', 'the server left a question out');
    try {
      const questions = fresh.map(([, question]) => question);
      await this.#peer.guarded(() => this.#send(questions, signal, keep), signal);
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      for (const [key, { reject }] of waiting) {
        this.#pending.delete(key);
        reject(failure);
      }
    }
  }

  async #send(
    questions: readonly QuestionPayload[],
    signal: AbortSignal,
    deliver: Deliver,
  ): Promise<void> {
    const tools = await this.#peer.tools(signal);
    const capabilities = this.#capabilities.filter((name) => tools.has(name) || tools.has(BATCH));
    if (capabilities.length === 0) {
      throw new ScannerError('bad_data', `the server has none of ${this.#capabilities.join(', ')}`);
    }
    if (tools.has(BATCH)) await this.#sendBatches(questions, capabilities, signal, deliver);
    else await this.#sendEach(questions, capabilities, signal, deliver);
  }

  async #sendBatches(
    questions: readonly QuestionPayload[],
    capabilities: readonly Capability[],
    signal: AbortSignal,
    deliver: Deliver,
  ): Promise<void> {
    const chunks = Array.from({ length: Math.ceil(questions.length / BATCH_SIZE) }, (_, i) =>
      questions.slice(i * BATCH_SIZE, (i + 1) * BATCH_SIZE),
    );
    await boundedMap(chunks, limiter(BATCHES_AT_ONCE), async (symbols) => {
      const content = await this.#peer.call(BATCH, { capabilities, symbols }, signal);
      const parsed = batchAnswerSchema.safeParse(content);
      if (!parsed.success) throw badAnswer(BATCH, parsed.error.issues[0]?.path);
      const asked = new Map(symbols.map((question) => [question.symbol as string, question]));
      const { results } = parsed.data;
      if (results.length === 0) throw badAnswer(BATCH, ['results']);
      for (const answer of results) requireEcho(answer, asked.get(answer.symbol));
      for (const [symbol, question] of asked) {
        const answers = results.filter((answer) => answer.symbol === symbol);
        if (answers.length > 0) deliver(question, oneEach(answers, capabilities));
      }
    });
  }

  async #sendEach(
    questions: readonly QuestionPayload[],
    capabilities: readonly Capability[],
    signal: AbortSignal,
    deliver: Deliver,
  ): Promise<void> {
    const limit = limiter(CALLS_AT_ONCE);
    await Promise.all(
      questions.map(async (question) => {
        const answers = await boundedMap(capabilities, limit, async (capability) => {
          const parsed = answerSchema.safeParse(
            await this.#peer.call(capability, question, signal),
          );
          if (!parsed.success) throw badAnswer(capability, parsed.error.issues[0]?.path);
          if (parsed.data.capability !== capability) throw badAnswer(capability, ['capability']);
          requireEcho(parsed.data, question);
          return parsed.data;
        });
        deliver(question, answers);
      }),
    );
  }
}

interface Waiting {
  readonly resolve: (answers: readonly AnalystAnswer[]) => void;
  readonly reject: (error: unknown) => void;
}

/** A promise that somebody else keeps, and that may fail without anybody waiting for it. */
function promised(take: (waiting: Waiting) => void): Promise<readonly AnalystAnswer[]> {
  const promise = new Promise<readonly AnalystAnswer[]>((resolve, reject) =>
    take({ resolve, reject }),
  );
  promise.catch(() => undefined);
  return promise;
}

/** The first answer of each capability that was asked: who says a thing twice has said it once. */
function oneEach(
  answers: readonly AnalystAnswer[],
  capabilities: readonly Capability[],
): readonly AnalystAnswer[] {
  return capabilities.flatMap(
    (capability) => answers.find((answer) => answer.capability === capability) ?? [],
  );
}

function requireEcho(answer: AnalystAnswer, question: QuestionPayload | undefined): void {
  if (answer.symbol !== question?.symbol) throw badAnswer(answer.capability, ['symbol']);
  const age = question.as_of - answer.as_of;
  if (age > MOST_AGE_MS || -age > MOST_LEAD_MS) throw badAnswer(answer.capability, ['as_of']);
}

function badAnswer(tool: string, path: readonly PropertyKey[] = []): ScannerError {
  const field = path.map(String).join('.') || 'answer';
  return new ScannerError('bad_data', `${tool} gave a bad ${quote(field)}`);
}

// Neither the alias nor the moment: the same numbers have the same answer.
function keyOf({ symbol, as_of, ...content }: QuestionPayload): string {
  const named = symbol.startsWith('S') && /^S\d+$/.test(symbol) ? '' : symbol;
  return createHash('sha256')
    .update(JSON.stringify([named, content]))
    .digest('base64');
}

function keptMs({ timeframe }: QuestionPayload): number {
  return Math.min(LONGEST_KEPT_MS, timeframeMs(timeframe) / 2);
}
