import { createHash } from 'node:crypto';
import { ScannerError } from '../../errors.js';
import { timeframeMs } from '../../market/timeframe.js';
import type { AnalystAnswer } from '../analyst-answer.js';
import type { Capability } from '../capability.js';
import { KeyedCache } from '../keyed-cache.js';
import { askAnalyst, type Deliver } from './ask-analyst.js';
import type { Peer } from './peer.js';
import type { QuestionPayload } from './question.js';
import { SharedWork } from './shared-work.js';

const MOST_KEPT = 2_000;
const LONGEST_KEPT_MS = 60_000;

type Answers = readonly AnalystAnswer[];

/** A question that is being asked. */
interface Pending {
  readonly key: string;
  readonly question: QuestionPayload;
  readonly work: SharedWork;
  readonly answers: Promise<Answers>;
  readonly resolve: (answers: Answers) => void;
  readonly reject: (error: unknown) => void;
}

/** Asks one analyst about many markets: what it has answered lately is not asked again, and what is being asked is asked once. */
export class AnalystClient {
  readonly #peer: Peer;
  readonly #capabilities: readonly Capability[];
  readonly #cache = new KeyedCache<Answers>(MOST_KEPT);
  readonly #pending = new Map<string, Pending>();

  constructor(peer: Peer, capabilities: readonly Capability[]) {
    this.#peer = peer;
    this.#capabilities = capabilities;
  }

  /** Whether the analyst is left alone for now, so that there is nothing to ask. */
  get isLeftAlone(): boolean {
    return this.#peer.state === 'open';
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
    const work = new SharedWork();
    const fresh: Pending[] = [];
    const awaited: Promise<void>[] = [];
    for (const question of questions) {
      const key = keyOf(question);
      const kept = this.#cache.get(key, Date.now(), keptMs(question));
      if (kept !== undefined) {
        deliver(question, kept);
        continue;
      }
      const pending = this.#pendingOn(key) ?? this.#start(key, question, work);
      if (pending.work === work && pending.question === question) fresh.push(pending);
      const answers = pending.work.wait(pending.answers, signal);
      awaited.push(answers.then((each) => deliver(question, each)));
    }
    if (fresh.length > 0) this.#askFresh(fresh, work.signal);
    // One that fails must not keep the others from being heard.
    const failed = (await Promise.allSettled(awaited)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  #pendingOn(key: string): Pending | undefined {
    const pending = this.#pending.get(key);
    // What everybody has given up cannot be waited for any more.
    return pending?.work.signal.aborted ? undefined : pending;
  }

  #start(key: string, question: QuestionPayload, work: SharedWork): Pending {
    const pending = { key, question, work, ...promised() };
    this.#pending.set(key, pending);
    return pending;
  }

  /** Asks for as long as anybody waits for any of the answers. */
  #askFresh(fresh: readonly Pending[], signal: AbortSignal): void {
    const byQuestion = new Map(fresh.map((pending) => [pending.question, pending]));
    const keep: Deliver = (question, answers) => {
      const pending = byQuestion.get(question);
      if (pending === undefined) return;
      this.#cache.set(pending.key, answers, Date.now());
      pending.resolve(answers);
    };
    const settle = (failure: unknown): void => {
      for (const pending of fresh) {
        if (this.#pending.get(pending.key) === pending) this.#pending.delete(pending.key);
        pending.reject(failure);
      }
    };
    const questions = fresh.map(({ question }) => question);
    const terms = { capabilities: this.#capabilities, signal };
    this.#peer
      .guarded(() => askAnalyst(this.#peer, questions, terms, keep), signal)
      .then(() => settle(new ScannerError('bad_data', 'the server left a question out')), settle);
  }
}

/** A promise that somebody else keeps, and that may fail without anybody waiting for it. */
function promised(): Pick<Pending, 'answers' | 'resolve' | 'reject'> {
  let resolve: Pending['resolve'] = () => undefined;
  let reject: Pending['reject'] = () => undefined;
  const answers = new Promise<Answers>((keep, fail) => {
    resolve = keep;
    reject = fail;
  });
  answers.catch(() => undefined);
  return { answers, resolve, reject };
}

// Neither the alias nor the moment: the same numbers have the same answer.
function keyOf({ symbol, as_of, ...content }: QuestionPayload): string {
  const named = /^S\d+$/.test(symbol) ? '' : symbol;
  return createHash('sha256')
    .update(JSON.stringify([named, content]))
    .digest('base64');
}

function keptMs({ timeframe }: QuestionPayload): number {
  return Math.min(LONGEST_KEPT_MS, timeframeMs(timeframe) / 2);
}
