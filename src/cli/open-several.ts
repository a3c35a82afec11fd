import { ScannerError } from '../errors.js';
import { type Logger, silentLogger } from '../ports/logger.js';
import { printable } from '../report/columns.js';
import { EXIT, Refusal } from './exit-code.js';
import { openOne, type Source, type SourceOptions } from './one-source.js';
import { baseUrlsOf, nameSources } from './several-sources.js';

/** Opens several sources as one, with a venue before each symbol. */
export async function openSeveral(
  sources: readonly string[],
  options: SourceOptions,
): Promise<Source> {
  const { multiProvider } = await import('../providers/multi.js');
  const named = nameSources(sources);
  const urls = baseUrlsOf(options.baseUrl, named);
  const opened = await Promise.all(
    named.map(async ({ venue, source }) => {
      const opened = await openOne(source, { ...options, baseUrl: urls.get(venue) });
      return [venue, opened] as const;
    }),
  );
  const [, { isLive }] = opened[0];
  const other = opened.findIndex(([, source]) => source.isLive !== isLive);
  if (other > 0) {
    throw new Refusal(
      EXIT.usage,
      `an exchange has no past to show and candles no present: --source ${sources[0]} and ${sources[other]} do not go together`,
    );
  }
  const venues = Object.fromEntries(opened.map(([venue, { provider }]) => [venue, provider]));
  return { provider: multiProvider(venues, { logger: saidOnce(options.warn) }), isLive };
}

/** A venue that is down is down for every question: it is said once for as long as the program runs. */
function saidOnce(warn: SourceOptions['warn']): Logger {
  const said = new Set<unknown>();
  return {
    ...silentLogger,
    warn(message, details) {
      const { venue, error } = (details ?? {}) as { venue?: unknown; error?: unknown };
      if (said.has(venue)) return;
      said.add(venue);
      const reason = ScannerError.is(error) ? error.message : String(error);
      warn?.(printable(`ems: ${message}: ${String(venue)}: ${reason}`));
    },
  };
}
