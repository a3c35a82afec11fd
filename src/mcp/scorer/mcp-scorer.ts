import { ScannerError } from '../../errors.js';
import { withDeadline } from '../../parallel/deadline.js';
import { systemTimers } from '../../parallel/system-timers.js';
import type { AiReviewOptions, AiScorer } from '../../ports/ai-scorer.js';
import type { RequestOptions } from '../../ports/data-provider.js';
import type { AiOpinion, Direction, MarketSignal } from '../../scoring/signal.js';
import { CAPABILITIES } from '../capability.js';
import { AnalystClient } from './analyst-client.js';
import { opinionFrom, type ServerAnswers } from './opinion.js';
import { Peer, type PeerState } from './peer.js';
import { type Alias, listedSymbol, type QuestionPayload, questionAbout } from './question.js';
import { type McpScorerOptions, type ScorerTerms, scorerTerms } from './scorer-options.js';

/** A scorer that asks MCP servers. */
export interface McpScorer extends AiScorer {
  /** Where each server stands, in the order they were given. */
  health(): readonly PeerState[];
  reconnect(options?: RequestOptions): Promise<void>;
  close(): Promise<void>;
}

/**
 * A second opinion from one or more MCP servers with analyst tools, such as `ems analyst`.
 *
 * Questions are numbers and words of closed lists under aliases; answers are checked by our own schemas and move a score within
 * the scanner's bounds. Whatever a server does, a review ends by `deadlineMs`, and a server that fails too often is left alone for
 * a while.
 *
 * @throws ScannerError `config` for an option that is wrong.
 *
 * @example
 * ```ts
 * import { EnhancedMarketScanner } from 'enhanced-market-scanner';
 * import { mcpScorer } from 'enhanced-market-scanner/mcp';
 * import { syntheticProvider } from 'enhanced-market-scanner/providers';
 *
 * const scanner = new EnhancedMarketScanner({
 *   provider: syntheticProvider(),
 *   aiScorer: mcpScorer({ serverUrl: 'http://localhost:8812', mode: 'bounded' }),
 * });
 * ```
 */
export function mcpScorer(options: McpScorerOptions): McpScorer {
  const terms = scorerTerms(options);
  const peers = terms.servers.map((address, server) => {
    const onState = (state: PeerState): void => options.onState?.({ server, state });
    const toolNames = [...CAPABILITIES, 'analyze_batch'];
    const { maxBytes, connectMs } = terms;
    return new Peer(address, { maxBytes, connectMs, toolNames, onState });
  });
  const clients = peers.map((peer) => new AnalystClient(peer, terms.capabilities));
  const areOpen = (): boolean => peers.every(({ state }) => state === 'open');
  const panel = new Panel(clients, terms, areOpen);
  return {
    id: 'mcp',
    mode: terms.mode,
    review: (signals, request = {}) => panel.review(signals, request),
    health: () => peers.map(({ state }) => state),
    async reconnect({ signal }: RequestOptions = {}) {
      const { connectMs: ms } = terms;
      const within = { ms, timers: systemTimers, what: 'connecting to the analyst', signal };
      await withDeadline(
        (limit) => Promise.all(peers.map((peer) => peer.reconnect(limit))),
        within,
      );
    },
    async close() {
      await Promise.all(peers.map((peer) => peer.close()));
    },
  };
}

/** How long an analyst that nobody waits for may take, in milliseconds: a language model needs seconds. */
const BACKGROUND_MS = 60_000;
/** The oldest answers a scan that does not wait is given, in milliseconds. */
const LONGEST_KEPT_MS = 600_000;

type AnsweredOpinion = Extract<AiOpinion, { answers: unknown }>;

/** What was heard while nobody waited. */
interface Heard {
  readonly at: number;
  readonly opinions: ReadonlyMap<string, AiOpinion>;
  /** Support is for a direction: an opinion on a long says nothing of a short. */
  readonly directions: ReadonlyMap<string, Direction>;
}

/** The servers that are asked, together. */
class Panel {
  readonly #clients: readonly AnalystClient[];
  readonly #terms: ScorerTerms;
  readonly #areOpen: () => boolean;
  #latest: Heard | undefined;
  #failure: unknown;
  #refreshing: Promise<unknown> | undefined;

  /** @param areOpen - Whether every server is left alone, so that there is no question to ask. */
  constructor(clients: readonly AnalystClient[], terms: ScorerTerms, areOpen: () => boolean) {
    this.#clients = clients;
    this.#terms = terms;
    this.#areOpen = areOpen;
  }

  async review(
    signals: readonly MarketSignal[],
    request: AiReviewOptions,
  ): Promise<ReadonlyMap<string, AiOpinion>> {
    if (this.#terms.mode === 'off' || signals.length === 0) return new Map();
    if (this.#terms.realTimeProcessing) {
      return this.#ask(signals, request, this.#terms.deadlineMs);
    }
    // Nobody waits: this scan takes what the one before it asked for.
    this.#refreshing ??= this.#refresh(signals, { ...request, signal: undefined });
    const before = this.#latest;
    if (before !== undefined && Date.now() - before.at <= LONGEST_KEPT_MS) {
      return aged(before, signals, Date.now());
    }
    if (this.#failure !== undefined) throw scorerError(this.#failure);
    return new Map();
  }

  async #refresh(signals: readonly MarketSignal[], request: AiReviewOptions): Promise<void> {
    try {
      const opinions = await this.#ask(signals, request, BACKGROUND_MS);
      const directions = new Map(signals.map(({ symbol, direction }) => [symbol, direction]));
      this.#latest = { at: Date.now(), opinions, directions };
      this.#failure = undefined;
    } catch (error) {
      // The scan that asked is over; the next one is told.
      this.#failure = error;
    } finally {
      this.#refreshing = undefined;
    }
  }

  async #ask(
    signals: readonly MarketSignal[],
    { signal, ...request }: AiReviewOptions,
    ms: number,
  ): Promise<ReadonlyMap<string, AiOpinion>> {
    if (this.#areOpen()) {
      throw new ScannerError('ai_scorer', 'the server failed too often and is left alone a while');
    }
    const questions = signals.map((each, i) => this.#question(each, i, request));
    const heard = new Map<QuestionPayload, ServerAnswers[]>(questions.map((each) => [each, []]));
    const asking = (within: AbortSignal): Promise<PromiseSettledResult<void>[]> =>
      Promise.allSettled(
        this.#clients.map((client) =>
          client.ask(questions, within, (question, answers) =>
            heard.get(question)?.push({ answers, askedAt: question.as_of }),
          ),
        ),
      );
    let failure: unknown;
    try {
      const what = 'the analyst';
      const results = await withDeadline(asking, { ms, timers: systemTimers, what, signal });
      failure = results.find((result) => result.status === 'rejected')?.reason;
    } catch (error) {
      if (signal?.aborted) throw error;
      failure = error;
    }
    const opinions = new Map<string, AiOpinion>();
    for (const [i, question] of questions.entries()) {
      const opinion = opinionFrom(signals[i], heard.get(question) ?? [], this.#terms);
      if (opinion !== undefined) opinions.set(signals[i].symbol, opinion);
    }
    if (opinions.size === 0 && failure !== undefined) throw scorerError(failure);
    return opinions;
  }

  #question(signal: MarketSignal, index: number, request: AiReviewOptions): QuestionPayload {
    const { analysisDepth: depth, models, discloseSymbols } = this.#terms;
    const alias: Alias = `S${index + 1}`;
    return questionAbout(signal, {
      name: (discloseSymbols && listedSymbol(signal.symbol)) || alias,
      candles: request.candles?.get(signal.symbol),
      timeframe: request.timeframe ?? '1h',
      asOf: request.asOf ?? signal.timestamp,
      depth,
      models,
    });
  }
}

function aged(
  { at, opinions, directions }: Heard,
  signals: readonly MarketSignal[],
  now: number,
): ReadonlyMap<string, AiOpinion> {
  const current = new Map<string, AiOpinion>();
  for (const { symbol, direction } of signals) {
    const opinion = opinions.get(symbol);
    if (opinion === undefined || directions.get(symbol) !== direction) continue;
    current.set(symbol, 'answers' in opinion ? older(opinion, now - at) : opinion);
  }
  return current;
}

function older(opinion: AnsweredOpinion, ms: number): AnsweredOpinion {
  const answers = opinion.answers.map((each) => ({ ...each, ageMs: (each.ageMs ?? 0) + ms }));
  return { ...opinion, answers };
}

function scorerError(cause: unknown): ScannerError {
  if (ScannerError.is(cause)) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new ScannerError('ai_scorer', message, { cause });
}
