/** Barks when it was petted and then not again for too long. */
export class Watchdog {
  readonly #limitMs: number;
  readonly #bark: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(limitMs: number, bark: () => void) {
    this.#limitMs = limitMs;
    this.#bark = bark;
  }

  /** Something moved; the time begins anew. */
  pet(): void {
    clearTimeout(this.#timer);
    if (!this.#isStopped) this.#timer = setTimeout(this.#bark, this.#limitMs);
  }

  /** Barks no more, whatever still moves. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }
}
