import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { quote, ScannerError } from '../../errors.js';
import { toolResult } from '../tool-result.js';
import {
  type AnalysisView,
  analysisSchema,
  analysisView,
  signalAnalysisView,
} from './analysis-view.js';
import type { KeptScan } from './scan-shelf.js';
import type { ServedScanner } from './served-scanner.js';
import { READ_ONLY, symbolInput } from './tool-input.js';

const symbol = symbolInput.describe('Such as BTC/USDT');

/** The tools that look at one market. */
export function addSymbolTools(server: McpServer, served: ServedScanner): void {
  server.registerTool(
    'analyze_symbol',
    {
      title: 'Analyse one market',
      description:
        'The signal one market is, with levels, or the rule that keeps it from being one.',
      inputSchema: z.object({ symbol }),
      outputSchema: analysisSchema,
      annotations: READ_ONLY,
    },
    (question, { mcpReq }) => toolResult(() => analysisOf(served, question.symbol, mcpReq.signal)),
  );
  server.registerTool(
    'explain_score',
    {
      title: 'Explain a score',
      description:
        'Every part of one market’s score; the points add up to it exactly. Of a scan it tells the part of the AI scorer too.',
      inputSchema: z.object({
        symbol,
        scan_id: z.string().max(40).optional().describe('A signal of this scan, as it was'),
      }),
      outputSchema: analysisSchema,
      annotations: READ_ONLY,
    },
    ({ symbol: asked, scan_id }, { mcpReq }) =>
      toolResult(async () => {
        const { signal, ...explained } =
          scan_id === undefined
            ? await analysisOf(served, asked, mcpReq.signal)
            : signalOf(served.shelf.get(scan_id), asked);
        return explained;
      }),
  );
}

/** @throws ScannerError why the symbol cannot be analysed, `aborted` or `timeout`. */
export async function analysisOf(
  served: ServedScanner,
  asked: string,
  signal: AbortSignal,
): Promise<AnalysisView> {
  return analysisView(
    await served.inTime(signal, (within) => served.scanner.analyze(asked, { signal: within })),
  );
}

/** @throws ScannerError `unknown_symbol` for what is no signal of the scan. */
export function signalOf({ report }: KeptScan, asked: string): AnalysisView {
  const signal = report.signals.find((each) => each.symbol === asked);
  if (signal !== undefined) return signalAnalysisView(signal);
  const rejection = report.rejections.find((each) => each.symbol === asked);
  const why = rejection === undefined ? '' : `: ${rejection.rule} keeps it back`;
  throw new ScannerError('unknown_symbol', `${quote(asked)} is no signal of this scan${why}`);
}
