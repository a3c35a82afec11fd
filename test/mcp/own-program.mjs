// An analyst over stdin and stdout that writes its process down and greets; by `way` it says goodbye a while after its input has
// ended, or heeds neither that nor anybody's asking.
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [, , memory, way] = process.argv;

function greeting(method) {
  if (method === 'tools/list')
    return { tools: [{ name: 'analyze_batch', inputSchema: { type: 'object' } }] };
  const serverInfo = { name: 'own', version: '1' };
  return { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo };
}

writeFileSync(memory, String(process.pid));
if (way === 'heedless') {
  process.on('SIGTERM', () => undefined);
  setInterval(() => undefined, 90_000);
}
for await (const line of createInterface(process.stdin)) {
  const { id, method } = JSON.parse(line);
  const answer = { jsonrpc: '2.0', id, result: greeting(method) };
  if (id !== undefined) process.stdout.write(`${JSON.stringify(answer)}\n`);
}
if (way === 'polite') setTimeout(() => writeFileSync(memory, 'goodbye'), 100);
