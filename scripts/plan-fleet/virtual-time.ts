import type { Timers } from '../../src/ports/clock.js';

interface Event {
  readonly due: number;
  /** Among events of one moment, who was set first goes first. */
  readonly order: number;
  callback: (() => void) | undefined;
}

/** Time that jumps from event to event, so that hours of many processes pass in seconds, the same way every time. */
export class VirtualTime implements Timers {
  #now = 0;
  #order = 0;
  /** A heap: no event is due before the one at half its place. */
  readonly #events: Event[] = [];

  elapsed(): number {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): () => void {
    const event: Event = { due: this.#now + Math.max(0, delayMs), order: this.#order++, callback };
    this.#push(event);
    return () => {
      event.callback = undefined;
    };
  }

  /** Lets time pass until the work is done. @throws Error when the work waits for what never comes. */
  async run<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const mark = (): void => {
      isDone = true;
    };
    work.then(mark, mark);
    for (;;) {
      // What follows from an event without any waiting follows before the next event.
      await new Promise((resolve) => setImmediate(resolve));
      if (isDone) return work;
      const event = this.#pop();
      if (event === undefined) throw new Error('the work waits, and nothing will happen any more');
      if (event.callback === undefined) continue;
      this.#now = event.due;
      event.callback();
    }
  }

  #push(event: Event): void {
    const events = this.#events;
    let place = events.push(event) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (isBefore(events[parent], event)) break;
      events[place] = events[parent];
      place = parent;
    }
    events[place] = event;
  }

  #pop(): Event | undefined {
    const events = this.#events;
    const first = events[0];
    const last = events.pop();
    if (last === undefined || events.length === 0) return last;
    let place = 0;
    for (let child = 1; child < events.length; child = 2 * place + 1) {
      if (child + 1 < events.length && isBefore(events[child + 1], events[child])) child++;
      if (isBefore(last, events[child])) break;
      events[place] = events[child];
      place = child;
    }
    events[place] = last;
    return first;
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.due === b.due ? a.order < b.order : a.due < b.due;
}
