import type { MiddlewareHandler } from 'hono';
import { bearsToken, LOCAL_NAMES } from '../mcp/local-access.js';

/** Who may ask. */
export interface AccessOptions {
  /** What a caller must bear; nothing without it. */
  readonly token: string | undefined;
  /** Names, without ports, that callers may know the server by, besides those of this machine. */
  readonly allowedHosts: readonly string[];
}

/**
 * Lets known callers through: the `Host` they call must be one of the server's names, a web page that asks must be the server's
 * own, and they must bear the token if there is one. The first two keep foreign pages from reaching a server on this machine.
 */
export function access({ token, allowedHosts }: AccessOptions): MiddlewareHandler {
  const names = new Set([...LOCAL_NAMES, ...allowedHosts]);
  return async (context, next) => {
    const host = context.req.header('host');
    const origin = context.req.header('origin');
    if (!names.has(hostnameOf(`http://${host}`))) {
      return context.json({ error: 'the Host header names another server' }, 403);
    }
    if (origin !== undefined && !names.has(hostnameOf(origin))) {
      return context.json({ error: 'the Origin header names another site' }, 403);
    }
    if (token !== undefined && !bearsToken(context.req.header('authorization'), token)) {
      context.header('www-authenticate', 'Bearer');
      return context.json({ error: 'a bearer token is needed' }, 401);
    }
    return next();
  };
}

function hostnameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}
