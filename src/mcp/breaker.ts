const CONSECUTIVE = 5;
const REMEMBERED = 20;
const SHORTEST_MS = 30_000;
const LONGEST_MS = 600_000;

/**
 * Keeps calls away from a peer that fails: it opens after 5 failures in a row, or when more than half of the last 20 calls failed,
 * for 30 seconds at first and twice as long each time, up to 10 minutes; then one call may try.
 */
export class Breaker {
  readonly #random: () => number;
  #outcomes: boolean[] = [];
  #failuresInARow = 0;
  #openings = 0;
  #closedUntil = 0;
  #restUntil = 0;
  #probing = false;

  /** @param random - 0 up to 1; spreads the tries of many scanners. */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** Whether it keeps calls away at `now`. */
  isOpen(now: number): boolean {
    if (now < this.#restUntil) return true;
    return this.#openings > 0 && (now < this.#closedUntil || this.#probing);
  }

  /** The peer asked for so long a rest, which is no failure of its. */
  rest(ms: number, now: number): void {
    this.#restUntil = Math.max(this.#restUntil, now + Math.min(LONGEST_MS, ms));
  }

  /** Asks to make a call; the one call that tries out a peer again must end in `succeeded`, `failed` or `gaveUp`. */
  admits(now: number): boolean {
    if (this.isOpen(now)) return false;
    this.#probing = this.#openings > 0;
    return true;
  }

  succeeded(): void {
    this.#probing = false;
    this.#openings = 0;
    this.#failuresInARow = 0;
    this.#remember(true);
  }

  /** Forgets what failed: somebody knows better. */
  reset(): void {
    this.#probing = false;
    this.#openings = 0;
    this.#failuresInARow = 0;
    this.#outcomes = [];
  }

  failed(now: number): void {
    const wasTrying = this.#probing;
    this.#probing = false;
    this.#failuresInARow++;
    this.#remember(false);
    const failures = this.#outcomes.filter((good) => !good).length;
    const mostlyFails = this.#outcomes.length === REMEMBERED && failures > REMEMBERED / 2;
    if (!wasTrying && this.#failuresInARow < CONSECUTIVE && !mostlyFails) return;
    const longest = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** this.#openings);
    this.#openings++;
    this.#failuresInARow = 0;
    this.#outcomes = [];
    // Full jitter, but never so short that the next scan already tries again.
    this.#closedUntil = now + longest * (0.5 + 0.5 * this.#random());
  }

  /** The caller lost interest, which says nothing of the peer. */
  gaveUp(): void {
    this.#probing = false;
  }

  #remember(good: boolean): void {
    this.#outcomes = [...this.#outcomes, good].slice(-REMEMBERED);
  }
}
