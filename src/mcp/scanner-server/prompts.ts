import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { symbolInput, symbolsInput } from './tool-input.js';

const MOST_COMPARED = 5;

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
      argsSchema: z.object({ symbol: symbolInput }),
    },
    ({ symbol }) =>
      message(
        `Call explain_score for ${symbol}. Explain the largest parts, for and against, in plain words; the points add up to the score. Give no advice.`,
      ),
  );
  server.registerPrompt(
    'compare_symbols',
    {
      title: 'Compare markets',
      description: 'What sets a few markets apart; symbols between commas.',
      argsSchema: z.object({ symbols: symbolsInput(MOST_COMPARED) }),
    },
    ({ symbols }) =>
      message(
        `Call analyze_symbol for each of ${symbols.join(', ')}. Put score, confidence, coverage, direction, reward to risk and risk level side by side, and say which parts make the difference. Give no advice.`,
      ),
  );
  server.registerPrompt(
    'risk_review',
    {
      title: 'Risk review',
      description: 'What could go wrong with the best signals of the moment.',
    },
    () =>
      message(
        'Call scan_markets. For each signal say what stands against it: low coverage, low confidence, quality flags, penalties among the parts that explain_score lists, a wide stop. Say where signals would lose together. Give no advice.',
      ),
  );
}

function message(text: string): {
  messages: { role: 'user'; content: { type: 'text'; text: string } }[];
} {
  return { messages: [{ role: 'user', content: { type: 'text', text } }] };
}
