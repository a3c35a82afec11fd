import { Connector } from '../../src/mcp/scorer/connector.js';
import { GuardedFetch } from '../../src/mcp/scorer/guarded-fetch.js';
import type { ServerAddress } from '../../src/mcp/scorer/server-address.js';

/** A connector with nobody behind it, and the guard of its calls. */
export function connectorTo(address: ServerAddress, connectMs = 20_000) {
  const maxBytes = 1 << 20;
  const onFlood = () => undefined;
  const guard = new GuardedFetch(maxBytes, { onFlood, onRateLimit: () => undefined });
  return { guard, connector: new Connector(address, { guard, maxBytes, connectMs, onFlood }) };
}
