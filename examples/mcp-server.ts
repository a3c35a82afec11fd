// The scanner as tools for an assistant, here with the assistant's side as well: a client that lists the tools, scans, and asks for
// the reasons of the best signal. A real host starts `ems mcp` itself; see docs/how-to/ai.md.

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { EnhancedMarketScanner } from 'enhanced-market-scanner';
import { mcpScorer, serveAnalyst, serveScanner } from 'enhanced-market-scanner/mcp';
import { syntheticProvider } from 'enhanced-market-scanner/providers';

await using analyst = await serveAnalyst({ port: 0 });
await using scanner = new EnhancedMarketScanner({
  provider: syntheticProvider({ seed: 7 }),
  aiScorer: mcpScorer({ serverUrl: analyst.url, deadlineMs: 10_000 }),
});
await using service = await serveScanner({ scanner, port: 0 });

const assistant = new Client({ name: 'assistant', version: '1' });
await assistant.connect(new StreamableHTTPClientTransport(new URL(service.url)));

const { tools } = await assistant.listTools();
console.log(`tools: ${tools.map(({ name }) => name).join(', ')}`);

const { structuredContent } = await assistant.callTool({
  name: 'scan_markets',
  arguments: { limit: 3 },
});
const { signals, ai } = structuredContent as {
  signals: { symbol: string; direction: string; base_score: number; score: number }[];
  ai: string;
};
console.log(`the second opinion: ${ai}`);
for (const { symbol, direction, base_score, score } of signals) {
  console.log(`${symbol} ${direction}: ${base_score.toFixed(3)} -> ${score.toFixed(3)}`);
}

await assistant.close();
