import { type CapRule, type PortfolioCaps, Usage } from './portfolio-caps.js';
import type { MarketSignal } from './signal.js';

/** What the best of a ranking use up under one set of caps, worked out candidate by candidate as far as was asked. */
class Choice {
  readonly usage: Usage = new Usage();
  /** The most that a candidate taken so far brought the capped number to. */
  peak = 0;
  #rank = 0;

  constructor(
    readonly rule: CapRule,
    readonly caps: PortfolioCaps,
  ) {}

  /** Chooses among the candidates before `rank`, which never falls from call to call. */
  upTo(ranked: readonly MarketSignal[], rank: number): this {
    for (; this.#rank < rank; this.#rank++) {
      const signal = ranked[this.#rank];
      if (this.usage.broken(signal, this.caps) !== undefined) continue;
      this.peak = Math.max(this.peak, this.rule.value(signal, this.usage));
      this.usage.take(signal);
    }
    return this;
  }
}

/**
 * What a ranking would use up were one of its caps another, asked rank after rank.
 *
 * A larger cap also lets in better candidates that were left out, and they use it up first: only choosing again can tell. Each
 * choice is kept and goes on where it stopped, and all caps that bind nobody share the choice without a cap.
 */
export class CappedUsage {
  readonly #ranked: readonly MarketSignal[];
  readonly #caps: PortfolioCaps;
  readonly #choices = new Map<CapRule, Map<number, Choice>>();

  constructor(ranked: readonly MarketSignal[], caps: PortfolioCaps) {
    this.#ranked = ranked;
    this.#caps = caps;
  }

  /** What the candidates before `rank` that fit together use up with `cap` in the place of a rule's own; `rank` never falls. */
  before(rank: number, rule: CapRule, cap: number): Usage {
    const free = this.#choice(rule, Number.POSITIVE_INFINITY).upTo(this.#ranked, rank);
    if (free.peak <= cap) return free.usage;
    return this.#choice(rule, cap).upTo(this.#ranked, rank).usage;
  }

  #choice(rule: CapRule, cap: number): Choice {
    let choices = this.#choices.get(rule);
    if (choices === undefined) {
      choices = new Map();
      this.#choices.set(rule, choices);
    }
    let choice = choices.get(cap);
    if (choice === undefined) {
      choice = new Choice(rule, { ...this.#caps, [rule.setting]: cap });
      choices.set(cap, choice);
    }
    return choice;
  }
}
