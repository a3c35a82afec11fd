import type { McpServer, ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { MarketSummary } from '../../scoring/summary.js';
import { type ToolLink, toolResult } from '../tool-result.js';
import { healthSchema, healthView } from './health-view.js';
import type { KeptScan } from './scan-shelf.js';
import { type ScanView, scanView, scanViewSchema } from './scan-view.js';
import type { ServedScanner } from './served-scanner.js';
import { summarySchema, summaryView } from './summary-view.js';
import { symbolList, symbolListSchema } from './symbol-list.js';
import { withProgress } from './tell-progress.js';
import { READ_ONLY, symbolsInput } from './tool-input.js';

const MOST_SYMBOLS = 200;
const offset = z.int().min(0).default(0);

/** The tools that look at the market as a whole. */
export function addScanTools(server: McpServer, served: ServedScanner): void {
  const { scanner } = served;
  server.registerTool(
    'scan_markets',
    {
      title: 'Scan markets',
      description: 'The best signals of the moment, best first, with what failed and why.',
      inputSchema: z.object({
        symbols: symbolsInput(MOST_SYMBOLS)
          .optional()
          .describe('Only these; the whole filtered market if absent'),
        limit: z.int().min(1).max(50).default(10),
        offset,
        min_score: z.number().min(0).max(1).optional(),
        direction: z.enum(['long', 'short']).optional(),
        scan_id: z.string().max(40).optional().describe('Pages an earlier scan, not a new one'),
      }),
      outputSchema: scanViewSchema,
      annotations: READ_ONLY,
    },
    ({ symbols, scan_id, ...filter }, context) =>
      toolResult(
        async () => {
          const kept =
            scan_id === undefined
              ? await freshScan(served, context, symbols)
              : served.shelf.get(scan_id);
          return scanView(kept, filter);
        },
        { link: linkTo },
      ),
  );
  server.registerTool(
    'get_market_summary',
    {
      title: 'Market summary',
      description: 'The market as a whole: sentiment, breadth, volatility, regime, best chances.',
      inputSchema: z.object({}),
      outputSchema: summarySchema,
      annotations: READ_ONLY,
    },
    (_, context) =>
      toolResult(async () => {
        const { signal } = context.mcpReq;
        return summaryView(
          await withProgress(scanner, context, () => freshSummary(served, signal)),
        );
      }),
  );
  server.registerTool(
    'list_symbols',
    {
      title: 'List symbols',
      description:
        'The symbols of the newest scan of the whole market, and for each that is no signal the rule that keeps it back.',
      inputSchema: z.object({
        contains: z.string().max(40).optional().describe('Part of a symbol, such as USDT'),
        limit: z.int().min(1).max(200).default(100),
        offset,
      }),
      outputSchema: symbolListSchema,
      annotations: READ_ONLY,
    },
    (filter, context) =>
      toolResult(async () => {
        const kept = served.shelf.newestWhole ?? (await freshScan(served, context, undefined));
        return symbolList(kept, filter);
      }),
  );
  server.registerTool(
    'get_health',
    {
      title: 'Health',
      description:
        'Whether the scanner, its source and its AI scorer work, as the last scan showed.',
      inputSchema: z.object({}),
      outputSchema: healthSchema,
      annotations: { ...READ_ONLY, openWorldHint: false },
    },
    () => toolResult(() => healthView(served)),
  );
}

function freshScan(
  served: ServedScanner,
  context: ServerContext,
  symbols: readonly string[] | undefined,
): Promise<KeptScan> {
  const { signal } = context.mcpReq;
  return withProgress(served.scanner, context, () => served.scan(symbols, signal));
}

/** @throws ScannerError `aborted`, `timeout` */
export function freshSummary(served: ServedScanner, signal: AbortSignal): Promise<MarketSummary> {
  const { scanner, symbols } = served;
  return served.inTime(signal, (within) => scanner.getMarketSummary({ symbols, signal: within }));
}

function linkTo({ scan_id }: ScanView): ToolLink {
  const uri = `scan://scans/${scan_id}`;
  return { uri, name: 'scan', title: 'The whole scan', mimeType: 'application/json' };
}
