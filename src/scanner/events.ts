import type { Logger } from '../ports/logger.js';

/** Hears an event. What it throws, now or later, is logged and goes no further. */
export type Listener<Payload> = (payload: Payload) => unknown;

/** Tells listeners what happened. A listener that fails disturbs neither the others nor the one who tells. */
export class EventEmitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<Listener<never>>>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Listens; the result stops listening. */
  on<Event extends keyof Events>(event: Event, listener: Listener<Events[Event]>): () => void {
    // A wrapper of its own, so that one function registered twice is heard twice and stopped once.
    const heard: Listener<never> = (payload) => listener(payload);
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(heard));
    return () => listeners.delete(heard);
  }

  emit<Event extends keyof Events>(event: Event, payload: Events[Event]): void {
    const complain = (error: unknown): void =>
      this.#logger.error(`a listener of "${String(event)}" failed`, { error });
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      try {
        const result: unknown = listener(payload as never);
        if (result instanceof Promise) result.catch(complain);
      } catch (error) {
        complain(error);
      }
    }
  }

  /** Forgets every listener. */
  clear(): void {
    this.#listeners.clear();
  }
}
