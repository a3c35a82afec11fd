/** Those who listen to one signal, behind the one listener it has. */
interface Audience {
  readonly members: Set<() => void>;
  readonly tell: () => void;
}

const audiences: WeakMap<AbortSignal, Audience> = new WeakMap();

/**
 * Calls `listener` once when a signal aborts; the result stops listening.
 *
 * However many listen, the signal has one listener: a scan's signal is heard by every symbol under way, and runtimes take more
 * than ten listeners for a leak and warn of it.
 */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
  if (signal === undefined) return () => {};
  const audience = audiences.get(signal) ?? gather(signal);
  // One function may listen several times.
  const member = (): void => listener();
  audience.members.add(member);
  return () => {
    audience.members.delete(member);
    if (audience.members.size > 0 || audiences.get(signal) !== audience) return;
    audiences.delete(signal);
    signal.removeEventListener('abort', audience.tell);
  };
}

function gather(signal: AbortSignal): Audience {
  const members: Set<() => void> = new Set();
  const tell = (): void => {
    audiences.delete(signal);
    // Who stops listening while the others are told is not told any more.
    for (const member of members) member();
  };
  const audience = { members, tell };
  audiences.set(signal, audience);
  signal.addEventListener('abort', tell, { once: true });
  return audience;
}
