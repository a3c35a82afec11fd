import {
  type McpServer,
  ResourceNotFoundError,
  ResourceTemplate,
} from '@modelcontextprotocol/server';
import { METHOD } from './method.js';
import { freshSummary } from './scan-tools.js';
import { scanView } from './scan-view.js';
import type { ServedScanner } from './served-scanner.js';
import { summaryView } from './summary-view.js';
import { analysisOf, signalOf } from './symbol-tools.js';

const JSON_TYPE = 'application/json';
const MOST_SIGNALS = 50;

/** What an assistant can read without calling a tool. */
export function addScannerResources(server: McpServer, served: ServedScanner): void {
  const { scanner, shelf } = served;
  server.registerResource(
    'config',
    'scan://config',
    { title: 'Settings', description: 'The settings in force.', mimeType: JSON_TYPE },
    ({ href }) => jsonContents(href, scanner.config),
  );
  server.registerResource(
    'summary',
    'scan://summary/latest',
    { title: 'Market summary', description: 'The market as a whole, now.', mimeType: JSON_TYPE },
    async ({ href }, { mcpReq }) =>
      jsonContents(href, summaryView(await freshSummary(served, mcpReq.signal))),
  );
  server.registerResource(
    'method',
    'scan://docs/method',
    {
      title: 'How scores are made',
      description: 'What the numbers mean, and what they do not.',
      mimeType: 'text/markdown',
    },
    ({ href }) => ({ contents: [{ uri: href, mimeType: 'text/markdown', text: METHOD }] }),
  );
  const listScans = () => ({
    resources: shelf.all.map(({ id, report }) => ({
      uri: `scan://scans/${id}`,
      name: id,
      title: `Scan of ${new Date(report.asOf).toISOString()}`,
      mimeType: JSON_TYPE,
    })),
  });
  server.registerResource(
    'scan',
    new ResourceTemplate('scan://scans/{id}', { list: listScans }),
    { title: 'A scan', description: 'The signals of a scan made before.', mimeType: JSON_TYPE },
    ({ href }, { id }) => {
      const scan = shelf.all.find((each) => each.id === id);
      if (scan === undefined) throw new ResourceNotFoundError(href);
      return jsonContents(href, scanView(scan, { limit: MOST_SIGNALS, offset: 0 }));
    },
  );
  server.registerResource(
    'signal',
    new ResourceTemplate('scan://signals/{+symbol}', { list: undefined }),
    {
      title: 'A signal',
      description: 'One market in the newest scan, or as it is now, with the parts of its score.',
      mimeType: JSON_TYPE,
    },
    async ({ href }, variables, { mcpReq }) => {
      const symbol = decodeURIComponent(String(variables['symbol']));
      const { newest } = shelf;
      const isSignal = newest?.report.signals.some((each) => each.symbol === symbol);
      const view =
        newest !== undefined && isSignal
          ? signalOf(newest, symbol)
          : await analysisOf(served, symbol, mcpReq.signal);
      return jsonContents(href, view);
    },
  );
}

function jsonContents(uri: string, value: object) {
  return { contents: [{ uri, mimeType: JSON_TYPE, text: JSON.stringify(value) }] };
}
