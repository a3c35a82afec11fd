const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What a model may be asked. */
export interface BudgetLimits {
  /** Calls within any minute. */
  readonly callsPerMinute: number;
  /** Tokens, asked and answered, within a UTC day. */
  readonly tokensPerDay: number;
}

/** Counts the calls to a model and the tokens they cost. What a call will cost is not known before it: it is held back until then. */
export class Budget {
  readonly #limits: BudgetLimits;
  #calls: readonly number[] = [];
  #day = Number.NEGATIVE_INFINITY;
  #tokens = 0;

  constructor(limits: BudgetLimits) {
    this.#limits = limits;
  }

  /** Takes a call that may cost so many tokens out of the budget, or says that there is none left for it. */
  take(mostTokens: number, now: number): boolean {
    this.#turnTo(now);
    const { callsPerMinute, tokensPerDay } = this.#limits;
    if (this.#calls.length >= callsPerMinute) return false;
    if (this.#tokens + mostTokens > tokensPerDay) return false;
    this.#calls = [...this.#calls, now];
    this.#tokens += mostTokens;
    return true;
  }

  /** Gives back what a call did not cost of what was held back for it: nothing where a reply does not say what it cost. */
  giveBack(tokens: number, now: number): void {
    this.#turnTo(now);
    if (tokens > 0) this.#tokens = Math.max(0, this.#tokens - tokens);
  }

  #turnTo(now: number): void {
    this.#calls = this.#calls.filter((at) => now - at < MINUTE_MS);
    const day = Math.floor(now / DAY_MS);
    if (day > this.#day) this.#tokens = 0;
    this.#day = Math.max(day, this.#day);
  }
}
