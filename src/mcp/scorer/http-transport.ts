import {
  SSEClientTransport,
  StreamableHTTPClientTransport,
  type Transport,
} from '@modelcontextprotocol/client';
import type { GuardedFetch } from './guarded-fetch.js';
import type { Endpoint } from './server-address.js';

/** How often streams of one connection are taken up again where they broke off, and how soon at the earliest and the latest. */
const MOST_RESUMPTIONS = 100;
const LEAST_RESUMPTION_MS = 100;
const MOST_RESUMPTION_MS = 60_000;

/** Speaks with a server at an endpoint, every answer watched. */
export function httpTransport(
  { transport, url }: Endpoint,
  { fetch }: GuardedFetch,
  token: string | undefined,
): Transport {
  // A provider of tokens alone: a hostile challenge cannot send it anywhere.
  const options = {
    fetch,
    ...(token !== undefined && { authProvider: { token: async () => token } }),
  };
  return transport === 'sse' ? sse(url, options) : streamable(url, options);
}

type HttpOptions = Pick<GuardedFetch, 'fetch'>;

function streamable(url: URL, options: HttpOptions): Transport {
  let resumptions = MOST_RESUMPTIONS;
  return new StreamableHTTPClientTransport(url, {
    ...options,
    // The client counts attempts anew after each that succeeds; a server could keep it at that for ever.
    reconnectionScheduler(resume, delayMs) {
      if (resumptions-- <= 0) return undefined;
      // What a timer cannot hold would be no delay at all.
      const ms = Math.min(MOST_RESUMPTION_MS, Math.max(LEAST_RESUMPTION_MS, delayMs));
      const timer = setTimeout(resume, ms).unref();
      return () => clearTimeout(timer);
    },
  });
}

/** A stream of the SSE of 2024 is a session, and its end is the session's: another stream would be another session. */
function sse(url: URL, options: HttpOptions): Transport {
  let isOpened = false;
  const transport: SSEClientTransport = new SSEClientTransport(url, {
    ...options,
    eventSourceInit: {
      async fetch(address, init) {
        if (!isOpened) {
          isOpened = true;
          return options.fetch(address, init);
        }
        await transport.close();
        throw new DOMException('the stream has ended', 'AbortError');
      },
    },
  });
  return transport;
}
