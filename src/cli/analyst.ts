import { type Command, Option } from 'commander';
import type { Context } from './context.js';
import { helpAfter } from './help.js';
import { addServerFlags, httpOptions, interruption, type ServerFlags } from './server-flags.js';
import { version } from './version.js';

const EXAMPLES = [
  ['ems analyst', 'answer on http://127.0.0.1:8812/mcp'],
  ['ems analyst --port 8811', 'where the gateway of the original system listens'],
  ['ems analyst --stdio', 'for a host that starts its servers itself'],
  ['ems analyst --news feed.xml', 'read sentiment from a file of news'],
] as const;

// 8811 is the Docker MCP Gateway's.
const PORT = 8812;

type AnalystFlags = ServerFlags & { readonly stdio?: true; readonly news?: string };

/** `ems analyst`: the statistical analyst as an MCP server. */
export function addAnalyst(program: Command, context: Context): void {
  const command = program
    .command('analyst')
    .description('Serve the statistical analyst over MCP: six tools and a batch, no key needed.')
    .addOption(new Option('--stdio', 'serve stdin and stdout').conflicts('port'))
    .option('--news <file>', 'RSS, or JSON lines with time, text and source')
    .addHelpText('after', helpAfter(EXAMPLES))
    .action((flags: AnalystFlags) => serve(flags, context));
  addServerFlags(command, PORT);
}

async function serve(flags: AnalystFlags, { env, signal, terminal }: Context): Promise<void> {
  const { fileNews } = await import('../mcp/analyst/file-news.js');
  const { statisticalEngine } = await import('../mcp/analyst/statistical-engine.js');
  const { serveAnalyst, serveAnalystStdio } = await import('../mcp/analyst/serve-analyst.js');
  const news = flags.news === undefined ? undefined : fileNews(flags.news);
  const options = { engine: statisticalEngine(news), version: version() };
  if (flags.stdio) {
    await serveAnalystStdio(options, signal);
    return;
  }
  await using service = await serveAnalyst({
    ...options,
    ...httpOptions(flags, env, PORT),
  });
  terminal.warn(`ems: the analyst answers on ${service.url}`);
  await interruption(signal);
}
