import { McpServer } from '@modelcontextprotocol/server';
import { addBacktestTools } from './backtest-tools.js';
import { addScannerPrompts } from './prompts.js';
import { addScannerResources } from './resources.js';
import { addScanTools } from './scan-tools.js';
import type { ServedScanner } from './served-scanner.js';
import { addSymbolTools } from './symbol-tools.js';

/**
 * A scanner as tools for assistants: nine that read, none that could place an order. Cheap to make, one for each connection; what is
 * served lives outside.
 *
 * An answer is at most 64 kB of JSON, and stands in a result twice, as text and as structure; what does not fit is on the next page.
 */
export function scannerServer(served: ServedScanner): McpServer {
  const { version, backtester } = served;
  const server = new McpServer(
    { name: 'enhanced-market-scanner', title: 'Market scanner', version },
    {
      instructions:
        'Scans crypto markets, scores each and explains every number. Scores rank; they are no probability; scan://docs/method tells how they are made. Times are epoch milliseconds. Arithmetic on the past, not advice. No tool can place an order.',
    },
  );
  addScanTools(server, served);
  addSymbolTools(server, served);
  if (backtester !== undefined) addBacktestTools(server, served, backtester);
  addScannerResources(server, served);
  addScannerPrompts(server);
  return server;
}
