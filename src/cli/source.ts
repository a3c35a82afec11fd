import { ScannerError } from '../errors.js';
import type { Market } from '../market/market.js';
import type { DataProvider } from '../ports/data-provider.js';
import { EXIT, Refusal } from './exit-code.js';
import { openOne, type Source, type SourceOptions } from './one-source.js';
import { openSeveral } from './open-several.js';
import { splitSources } from './several-sources.js';

/** Opens what `--source` names: one source, or several with a venue before each symbol. */
export async function openSource(text: string, options: SourceOptions): Promise<Source> {
  const sources = splitSources(text);
  return sources.length === 1 ? openOne(text, options) : openSeveral(sources, options);
}

/** The moment a source stands at when nobody names one. */
export function presentOf(provider: DataProvider, signal?: AbortSignal): Promise<number> {
  const present = provider.fetchTime?.({ signal }) ?? Promise.resolve(Date.now());
  return present.catch(refuseSource);
}

/** The symbols a source has at a moment; at least one. */
export async function symbolsOf(
  provider: DataProvider,
  asOf: number,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  return (await marketsOf(provider, asOf, signal)).map(({ symbol }) => symbol);
}

/** The markets a source has at a moment; at least one. */
export async function marketsOf(
  provider: DataProvider,
  asOf: number,
  signal?: AbortSignal,
): Promise<readonly Market[]> {
  const markets = await provider.fetchMarkets({ asOf, signal }).catch(refuseSource);
  if (markets.length > 0) return markets;
  throw new Refusal(
    EXIT.noSource,
    `the source must have a market at ${new Date(asOf).toISOString()}, it has none`,
  );
}

/** A source that cannot answer at all is no source, whatever it says is wrong with it. */
function refuseSource(error: unknown): never {
  throw ScannerError.is(error) ? new Refusal(EXIT.noSource, error.message) : error;
}
