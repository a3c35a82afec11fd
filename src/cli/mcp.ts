import { type Command, Option } from 'commander';
import type { Context } from './context.js';
import { EXIT, Refusal } from './exit-code.js';
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

/** Flags of other commands that scan: this one keeps no signals and computes in this process. */
const FOREIGN = ['fleet', 'address', 'journal'] as const;

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
  const isForeign = (name: string): boolean => FOREIGN.some((foreign) => foreign === name);
  for (const option of command.options) option.hideHelp(isForeign(option.attributeName()));
}

async function serve(flags: McpFlags, context: Context): Promise<void> {
  const { env, signal, terminal } = context;
  const foreign = FOREIGN.find((name) => flags[name] !== undefined);
  if (foreign !== undefined) {
    throw new Refusal(
      EXIT.usage,
      `--${foreign} is no flag of ems mcp, which keeps no signals and computes by itself`,
    );
  }
  const { EnhancedMarketScanner } = await import('../scanner/enhanced-market-scanner.js');
  const { readSettings } = await import('./settings.js');
  const { openSource, presentOf, symbolsOf } = await import('./source.js');
  const { resolveSymbol } = await import('./symbol-name.js');
  const { readCard } = await import('./card.js');
  const { secondOpinion } = await import('./second-opinion.js');
  const { threadBacktester } = await import('./thread-backtester.js');
  const { serveScanner, serveScannerStdio } = await import(
    '../mcp/scanner-server/serve-scanner.js'
  );
  const settings = await readSettings(flags, env);
  const { provider, isLive } = await openSource(flags.source, {
    ...{ baseUrl: flags.baseUrl, env, streamHistory: flags.streams, warn: terminal.warn },
  });
  // What goes on by itself tells its own time, scan for scan; anything else stands where it is put.
  const follows = isLive && flags.at === undefined;
  const now = flags.at ?? (await presentOf(provider, signal));
  const known = flags.symbols === undefined ? [] : await symbolsOf(provider, now, signal);
  const symbols = flags.symbols?.map((typed) => resolveSymbol(typed, known));
  const modelCard = await readCard(flags.card);
  const aiScorer = await secondOpinion(env);
  await using scanner = new EnhancedMarketScanner({
    ...{ provider, aiScorer, modelCard },
    config: { deadlineMs: DEADLINE_MS, ...settings },
    clock: follows ? undefined : () => now,
  });
  const { source, baseUrl, at } = flags;
  const backtester = threadBacktester({
    ...{ source, baseUrl, at, env, config: settings, modelCard },
  });
  const options = { scanner, backtester, aiScorer, symbols, version: version() };
  if (!flags.http) {
    await serveScannerStdio(options, signal);
    return;
  }
  await using service = await serveScanner({ ...options, ...httpOptions(flags, env, PORT) });
  terminal.warn(`ems: the scanner answers on ${service.url}`);
  await interruption(signal);
}
