// An analyst over stdin and stdout that is killed in the middle of its first call, and remembers that in a file. Told by hand, so that
// nothing but the protocol stands between it and the scorer.
import { existsSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [, , memory] = process.argv;

const answer = (id, result) =>
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);

const analysis = ({ symbol, as_of }) => ({
  ...{ v: 1, symbol, capability: 'market_analysis', engine: 'stat', model: 'm', as_of },
  ...{ confidence: 1, n_obs: 9, reasons: [], bias: 1, trend_t: 3 },
});

for await (const line of createInterface(process.stdin)) {
  const { id, method, params } = JSON.parse(line);
  if (method === 'initialize') {
    const serverInfo = { name: 'dying', version: '1' };
    answer(id, { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo });
  } else if (method === 'tools/list') {
    answer(id, { tools: [{ name: 'analyze_batch', inputSchema: { type: 'object' } }] });
  } else if (method === 'tools/call' && existsSync(memory)) {
    const structuredContent = { results: params.arguments.symbols.map(analysis), errors: [] };
    answer(id, { content: [], structuredContent });
  } else if (method === 'tools/call') {
    const environment = Object.keys(process.env);
    writeFileSync(memory, JSON.stringify({ environment, killedAt: Date.now() }));
    process.kill(process.pid, 'SIGKILL');
  }
}
