import { quote, ScannerError } from '../errors.js';
import type { DataProvider } from '../ports/data-provider.js';
import { nearestName } from '../scanner/nearest-name.js';
import { EXIT, Refusal } from './exit-code.js';

const KINDS = ['synthetic', 'files'] as const;

/** Opens what `--source` names. */
export async function openSource(text: string): Promise<DataProvider> {
  const [kind, ...rest] = text.split(':');
  // A Windows path has a colon of its own.
  const detail = rest.length === 0 ? undefined : rest.join(':');
  if (kind === 'synthetic') return syntheticSource(detail);
  if (kind === 'files') return filesSource(detail);
  throw new Refusal(
    EXIT.usage,
    `--source takes synthetic[:SEED] or files:DIR, was ${quote(text)}; did you mean ${nearestName(kind, KINDS)}?`,
  );
}

async function syntheticSource(seed: string | undefined): Promise<DataProvider> {
  if (seed !== undefined && !/^\d{1,15}$/.test(seed)) {
    throw new Refusal(
      EXIT.usage,
      `--source synthetic:SEED takes a whole number of at most 15 digits, was ${quote(seed)}`,
    );
  }
  const { syntheticProvider } = await import('../providers/synthetic.js');
  return syntheticProvider(seed === undefined ? {} : { seed: Number(seed) });
}

async function filesSource(folder: string | undefined): Promise<DataProvider> {
  if (folder === undefined || folder === '') {
    throw new Refusal(EXIT.usage, '--source files:DIR takes a folder, none was named');
  }
  const { filesProvider } = await import('../providers/files.js');
  return filesProvider(folder);
}

/** The moment a source stands at when nobody names one. */
export function presentOf(provider: DataProvider): Promise<number> {
  const present = provider.fetchTime?.() ?? Promise.resolve(Date.now());
  return present.catch(refuseSource);
}

/** The symbols a source has at a moment; at least one. */
export async function symbolsOf(provider: DataProvider, asOf: number): Promise<readonly string[]> {
  const markets = await provider.fetchMarkets({ asOf }).catch(refuseSource);
  if (markets.length > 0) return markets.map(({ symbol }) => symbol);
  throw new Refusal(
    EXIT.noSource,
    `the source must have a market at ${new Date(asOf).toISOString()}, it has none`,
  );
}

/** A source that cannot answer at all is no source, whatever it says is wrong with it. */
function refuseSource(error: unknown): never {
  throw ScannerError.is(error) ? new Refusal(EXIT.noSource, error.message) : error;
}
