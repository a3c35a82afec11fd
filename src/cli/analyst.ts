import { type Command, Option } from 'commander';
import { ScannerError } from '../errors.js';
import type { NewsSource } from '../mcp/analyst/news-source.js';
import type { AnalystEngine } from '../mcp/analyst/statistical-engine.js';
import { printable } from '../report/columns.js';
import type { Context } from './context.js';
import { helpAfter } from './help.js';
import { addServerFlags, httpOptions, interruption, type ServerFlags } from './server-flags.js';
import { readWhole } from './values.js';
import { version } from './version.js';

const EXAMPLES = [
  ['ems analyst', 'answer on http://127.0.0.1:8812/mcp'],
  ['ems analyst --port 8811', 'where the gateway of the original system listens'],
  ['ems analyst --stdio', 'for a host that starts its servers itself'],
  ['ems analyst --news feed.xml', 'read sentiment from a file of news'],
] as const;

// 8811 is the Docker MCP Gateway's.
const PORT = 8812;

interface ModelFlags {
  readonly model?: string;
  readonly allowModels?: readonly string[];
  readonly callsPerMinute?: number;
  readonly tokensPerDay?: number;
}

type AnalystFlags = ServerFlags & ModelFlags & { readonly stdio?: true; readonly news?: string };

/** `ems analyst`: the analyst as an MCP server. */
export function addAnalyst(program: Command, context: Context): void {
  const command = program
    .command('analyst')
    .description(
      'Serve the statistical analyst over MCP: six tools and a batch, no key needed. With ANTHROPIC_API_KEY a language model has a say.',
    )
    .addOption(new Option('--stdio', 'serve stdin and stdout').conflicts('port'))
    .option('--news <file>', 'RSS, or JSON lines with time, text and source')
    .addHelpText('after', helpAfter(EXAMPLES))
    .action((flags: AnalystFlags) => serve(flags, context));
  addServerFlags(command, PORT);
  const group = 'Language model:';
  const option = (flags: string, meaning: string) => new Option(flags, meaning).helpGroup(group);
  command
    .addOption(option('--model <name>', 'model that has a say, as the Anthropic API names it'))
    .addOption(
      option('--allow-models <names>', 'others that a question may wish for').argParser(
        (names: string) => names.split(',').map((name) => name.trim()),
      ),
    )
    .addOption(
      option('--calls-per-minute <calls>', 'most calls to it (default: 30)').argParser(
        readWhole('--calls-per-minute', 1),
      ),
    )
    .addOption(
      option('--tokens-per-day <tokens>', 'most tokens (default: 500000)').argParser(
        readWhole('--tokens-per-day', 1),
      ),
    );
}

async function serve(flags: AnalystFlags, context: Context): Promise<void> {
  const { env, signal, terminal } = context;
  const { fileNews } = await import('../mcp/analyst/file-news.js');
  const { serveAnalyst, serveAnalystStdio } = await import('../mcp/analyst/serve-analyst.js');
  const news = flags.news === undefined ? undefined : fileNews(flags.news);
  const options = { engine: await engineOf(flags, news, context), version: version() };
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

/** The engine the environment asks for: with a key a language model has a say, where its package is installed. */
async function engineOf(
  { model, allowModels: allowedModels, callsPerMinute, tokensPerDay }: ModelFlags,
  news: NewsSource | undefined,
  { env, terminal }: Context,
): Promise<AnalystEngine> {
  const { statisticalEngine } = await import('../mcp/analyst/statistical-engine.js');
  const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseUrl } = env;
  if (!apiKey) return statisticalEngine(news);
  const { anthropicEngine } = await import('../mcp/analyst/language-model/anthropic-engine.js');
  const onFallback = ({ message }: ScannerError) => terminal.warn(printable(`ems: ${message}`));
  try {
    return await anthropicEngine({
      ...{ apiKey, baseUrl, model, allowedModels, callsPerMinute, tokensPerDay, news, onFallback },
    });
  } catch (error) {
    if (!ScannerError.is(error)) throw error;
    terminal.warn(`ems: ${error.message}; the statistical analyst answers alone`);
    return statisticalEngine(news);
  }
}
