import type { AiReviewOptions } from '../../ports/ai-scorer.js';
import type { AiOpinion, Direction, MarketSignal } from '../../scoring/signal.js';
import type { Opinions, Panel } from './panel.js';

/** How long an analyst that nobody waits for may take: a language model needs seconds. */
const BACKGROUND_MS = 60_000;
/** The oldest opinions that a scan is given. */
const LONGEST_KEPT_MS = 600_000;

/** What was heard while nobody waited. */
interface Heard {
  readonly at: number;
  readonly opinions: Opinions;
  /** Support is for a direction: an opinion on a long says nothing of a short. */
  readonly directions: ReadonlyMap<string, Direction>;
}

/** Asks a panel without having a scan wait: each takes what one before it asked for, faded by its age. */
export class BackgroundReview {
  readonly #panel: Panel;
  readonly #closing = new AbortController();
  #latest: Heard | undefined;
  #failure: unknown;
  #refreshing: Promise<void> | undefined;

  constructor(panel: Panel) {
    this.#panel = panel;
  }

  /** @throws ScannerError why the asking before failed, when there is nothing from before that. */
  async review(signals: readonly MarketSignal[], request: AiReviewOptions): Promise<Opinions> {
    // What the scan asked for goes on when it is over.
    this.#refreshing ??= this.#refresh(signals, { ...request, signal: this.#closing.signal });
    const before = this.#latest;
    const now = Date.now();
    if (before !== undefined && now - before.at <= LONGEST_KEPT_MS) {
      return current(before, signals, now);
    }
    if (this.#failure !== undefined) throw this.#failure;
    return new Map();
  }

  close(): void {
    this.#closing.abort();
  }

  async #refresh(signals: readonly MarketSignal[], request: AiReviewOptions): Promise<void> {
    try {
      const opinions = await this.#panel.ask(signals, request, BACKGROUND_MS);
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
}

function current(
  { at, opinions, directions }: Heard,
  signals: readonly MarketSignal[],
  now: number,
): Opinions {
  const found = new Map<string, AiOpinion>();
  for (const { symbol, direction } of signals) {
    const opinion = opinions.get(symbol);
    if (opinion !== undefined && directions.get(symbol) === direction) {
      found.set(symbol, older(opinion, now - at));
    }
  }
  return found;
}

function older(opinion: AiOpinion, ms: number): AiOpinion {
  if (!('answers' in opinion)) return opinion;
  const answers = opinion.answers.map((each) => ({ ...each, ageMs: (each.ageMs ?? 0) + ms }));
  return { ...opinion, answers };
}
