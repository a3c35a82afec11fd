/** Asks a program for an opinion when there is no file descriptor left to speak with it by, and writes down what that comes to. */
import { openSync } from 'node:fs';
import { mcpScorer } from '../../src/mcp/scorer/mcp-scorer.js';

const scorer = mcpScorer({ command: [process.execPath, '--version'] });
try {
  for (;;) openSync('/dev/null', 'r');
} catch {
  // None is left.
}
await scorer.reconnect().catch(({ code, message }) => console.log(code, message));
await scorer.close();
