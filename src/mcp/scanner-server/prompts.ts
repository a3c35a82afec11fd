import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

/** What an assistant can be asked to do with the tools, in words that keep it to what they say. */
export function addScannerPrompts(server: McpServer): void {
  server.registerPrompt(
    'market_brief',
    { title: 'Market brief', description: 'A short account of the market and its best signals.' },
    () =>
      message(
        'Call get_market_summary and scan_markets. Describe the market in five sentences and list the best signals with score, direction and the one reason that counts most. Say what failed. Give no advice.',
      ),
  );
  server.registerPrompt(
    'explain_signal',
    {
      title: 'Explain a signal',
      description: 'Why one market scores as it does.',
      argsSchema: z.object({ symbol: z.string().regex(/^[\p{L}\p{N}._:/-]{1,40}$/u) }),
    },
    ({ symbol }) =>
      message(
        `Call explain_score for ${symbol}. Explain the largest parts, for and against, in plain words; the points add up to the score. Give no advice.`,
      ),
  );
}

function message(text: string): {
  messages: { role: 'user'; content: { type: 'text'; text: string } }[];
} {
  return { messages: [{ role: 'user', content: { type: 'text', text } }] };
}
