/** What the conformance suite starts as a client: our own connection calls every tool of the server at the given address. */
import { Peer } from '../../src/mcp/scorer/peer.js';

const serverUrl = process.argv.at(-1) ?? '';
const signal = AbortSignal.timeout(20_000);
const peer = new Peer(
  { serverUrl },
  { maxBytes: 1 << 20, connectMs: 10_000, onState: () => undefined },
);
for (const name of await peer.tools(signal)) {
  // Some of the suite's tools fail on purpose; the suite judges by what it saw on the wire.
  await peer.call(name, { a: 5, b: 3 }, signal).catch(() => undefined);
}
await peer.close();
