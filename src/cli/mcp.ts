import { type Command, Option } from 'commander';
import type { Context } from './context.js';
import { addScanFlags, type ScanFlags } from './flags.js';
import { helpAfter } from './help.js';
import { addServerFlags, httpOptions, interruption, type ServerFlags } from './server-flags.js';
import { version } from './version.js';

const EXAMPLES = [
  ['ems mcp', 'serve an invented exchange over stdin and stdout'],
  ['ems mcp --source files:candles --timeframes 5m,1h', 'serve your own candles'],
  ['ems mcp --http', 'answer on http://127.0.0.1:8810/mcp'],
] as const;

const PORT = 8810;

/** Hosts give a tool 60 seconds at most, some less; what is not done by then is listed as failed. */
const DEADLINE_MS = 25_000;

type McpFlags = ScanFlags & ServerFlags & { readonly http?: true };

/** `ems mcp`: the scanner as tools for assistants. */
export function addMcp(program: Command, context: Context): void {
  const command = program
    .command('mcp')
    .description('Serve the scanner to AI assistants over MCP: tools that read, none that trades.')
    .addOption(new Option('--http', 'serve over HTTP instead of stdin and stdout'))
    .addHelpText('after', helpAfter(EXAMPLES))
    .action((flags: McpFlags) => serve(flags, context));
  addScanFlags(command);
  addServerFlags(command, PORT);
}

async function serve(flags: McpFlags, context: Context): Promise<void> {
  const { env, signal, terminal } = context;
  const { EnhancedMarketScanner } = await import('../scanner/enhanced-market-scanner.js');
  const { readSettings } = await import('./settings.js');
  const { openSource, presentOf } = await import('./source.js');
  const { secondOpinion } = await import('./second-opinion.js');
  const { threadBacktester } = await import('./thread-backtester.js');
  const { serveScanner, serveScannerStdio } = await import(
    '../mcp/scanner-server/serve-scanner.js'
  );
  const settings = await readSettings(flags, env);
  const { provider, isLive } = await openSource(flags.source, {
    ...{ baseUrl: flags.baseUrl, env, streamHistory: flags.streams },
  });
  // What goes on by itself tells its own time, scan for scan; anything else stands where it is put.
  const follows = isLive && flags.at === undefined;
  const now = flags.at ?? (await presentOf(provider, signal));
  const aiScorer = await secondOpinion(env);
  await using scanner = new EnhancedMarketScanner({
    provider,
    aiScorer,
    config: { deadlineMs: DEADLINE_MS, ...settings },
    clock: follows ? undefined : () => now,
  });
  const { source, baseUrl, at } = flags;
  const backtester = threadBacktester({ source, baseUrl, at, env, config: settings });
  const options = { scanner, backtester, aiScorer, version: version() };
  if (!flags.http) {
    await serveScannerStdio(options, signal);
    return;
  }
  await using service = await serveScanner({ ...options, ...httpOptions(flags, env, PORT) });
  terminal.warn(`ems: the scanner answers on ${service.url}`);
  await interruption(signal);
}
