import { McpServer, type ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { EnhancedMarketScanner } from '../../scanner/enhanced-market-scanner.js';
import type { SymbolAnalysis } from '../../scanner/symbol-analysis.js';
import { toolAnswer, toolFailure } from '../tool-answer.js';
import { addScannerPrompts } from './prompts.js';
import { analysisSchema, partViews, scanView, scanViewSchema, signalView } from './scan-view.js';

const READ_ONLY = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: true,
} as const;

const symbol = z.string().regex(/^[\p{L}\p{N}._:/-]{1,40}$/u);
const symbols = z.preprocess((value) => {
  // Some hosts send lists as text.
  if (typeof value !== 'string') return value;
  return value.startsWith('[') ? JSON.parse(value) : value.split(',').map((each) => each.trim());
}, z.array(symbol).min(1).max(200));

/** What a scanner is served as. */
export interface ScannerServerOptions {
  readonly scanner: EnhancedMarketScanner;
  /** Told to clients. @defaultValue '0.0.0' */
  readonly version?: string | undefined;
}

/**
 * A scanner as tools for assistants: five that read, none that could place an order. Cheap to make, one for each connection; the
 * scanner lives outside.
 *
 * An answer holds at most 50 signals, about 20 kB; the rest are pages.
 */
export function scannerServer({ scanner, version = '0.0.0' }: ScannerServerOptions): McpServer {
  const server = new McpServer(
    { name: 'enhanced-market-scanner', title: 'Market scanner', version },
    {
      instructions:
        'Scans crypto markets, scores each and explains every number. Scores rank; they are no probability. Times are epoch milliseconds. Arithmetic on the past, not advice. No tool can place an order.',
    },
  );
  server.registerTool(
    'scan_markets',
    {
      title: 'Scan markets',
      description: 'The best signals of the moment, best first, with what failed and why.',
      inputSchema: z.object({
        symbols: symbols.optional().describe('Only these; the whole filtered market if absent'),
        limit: z.int().min(1).max(50).default(10),
        offset: z.int().min(0).default(0),
        min_score: z.number().min(0).max(1).optional(),
        direction: z.enum(['long', 'short']).optional(),
      }),
      outputSchema: scanViewSchema,
      annotations: READ_ONLY,
    },
    ({ symbols: asked, ...filter }, context) =>
      withProgress(scanner, context, async () => {
        const { signal } = context.mcpReq;
        return scanView(await scanner.scan({ symbols: asked, signal }), filter);
      }).then(toolAnswer, toolFailure),
  );
  server.registerTool(
    'get_market_summary',
    {
      title: 'Market summary',
      description: 'The market as a whole: sentiment, breadth, volatility, regime, best chances.',
      inputSchema: z.object({}),
      outputSchema: z.looseObject({ timestamp: z.int(), marketSentiment: z.string() }),
      annotations: READ_ONLY,
    },
    (_, context) =>
      withProgress(scanner, context, async () => {
        const summary = await scanner.getMarketSummary({ signal: context.mcpReq.signal });
        return { ...summary, topOpportunities: summary.topOpportunities.map(signalView) };
      }).then(toolAnswer, toolFailure),
  );
  addSymbolTools(server, scanner);
  server.registerTool(
    'get_health',
    {
      title: 'Health',
      description:
        'Whether the scanner, its source and its AI scorer work, as the last scan showed.',
      inputSchema: z.object({}),
      outputSchema: z.looseObject({ status: z.string(), reasons: z.array(z.string()) }),
      annotations: { ...READ_ONLY, openWorldHint: false },
    },
    () => toolAnswer({ ...scanner.health(), metrics: scanner.metrics() }),
  );
  server.registerResource(
    'config',
    'scan://config',
    { title: 'Settings', description: 'The settings in force.', mimeType: 'application/json' },
    ({ href }) => ({ contents: [{ uri: href, text: JSON.stringify(scanner.config) }] }),
  );
  addScannerPrompts(server);
  return server;
}

function addSymbolTools(server: McpServer, scanner: EnhancedMarketScanner): void {
  const config = {
    inputSchema: z.object({ symbol: symbol.describe('Such as BTC/USDT') }),
    outputSchema: analysisSchema,
    annotations: READ_ONLY,
  };
  const answer = async ({ symbol: asked }: { symbol: string }, { mcpReq }: ServerContext) =>
    scanner.analyze(asked, { signal: mcpReq.signal }).then(analysisView);
  server.registerTool(
    'analyze_symbol',
    {
      title: 'Analyse one market',
      description:
        'The signal one market is, with levels, or the rule that keeps it from being one.',
      ...config,
    },
    (question, context) => answer(question, context).then(toolAnswer, toolFailure),
  );
  server.registerTool(
    'explain_score',
    {
      title: 'Explain a score',
      description: 'Every part of one market’s score; the points add up to it exactly.',
      ...config,
    },
    (question, context) =>
      answer(question, context)
        .then(({ signal, ...explained }) => explained)
        .then(toolAnswer, toolFailure),
  );
}

function analysisView(analysis: SymbolAnalysis) {
  const { signal, rejection, asOf, ledger, direction, score, confidence, coverage } = analysis;
  return {
    symbol: analysis.symbol,
    as_of: asOf,
    ...{ direction, score, confidence, coverage },
    parts: partViews(ledger),
    ...(signal && { signal: signalView(signal) }),
    ...(rejection && { rejected_by: rejection.rule }),
  };
}

/** Tells a caller that asked for it how many symbols are done. */
async function withProgress<T>(
  scanner: EnhancedMarketScanner,
  { mcpReq }: ServerContext,
  work: () => Promise<T>,
): Promise<T> {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return work();
  let told = 0;
  const stop = scanner.on('progress', ({ done, total }) => {
    // Progress may only grow; scans of others may run beside this one.
    if (done <= told) return undefined;
    told = done;
    const params = { progressToken, progress: done, total };
    return mcpReq.notify({ method: 'notifications/progress', params });
  });
  try {
    return await work();
  } finally {
    stop();
  }
}
