import { quote } from '../errors.js';
import type { DataProvider } from '../ports/data-provider.js';
import type { RateBudget } from '../ports/rate-budget.js';
import { nearestName } from '../scanner/nearest-name.js';
import { EXIT, Refusal } from './exit-code.js';

const KINDS = ['synthetic', 'files', 'ccxt'] as const;

/** What a source may need besides its name. */
export interface SourceOptions {
  /** Where the requests of an exchange go instead. */
  readonly baseUrl: string | undefined;
  /** Whether an exchange may push long series of candles. @defaultValue false */
  readonly streamHistory?: boolean;
  /** Whether an exchange may push order books, from the second time on that they are asked for. @defaultValue false */
  readonly streamBooks?: boolean;
  /** Environment variables that hold credentials. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the requests to an exchange are paid from, where others draw on the same limits. */
  readonly budget?: RateBudget | undefined;
  /** Hears, in a sentence, of one of several sources that does not answer. */
  readonly warn?: ((sentence: string) => void) | undefined;
}

/** A source of market data. */
export interface Source {
  readonly provider: DataProvider;
  /** Whether its present goes on by itself, as that of an exchange does; otherwise it stands where it is put. */
  readonly isLive: boolean;
}

/** Opens one source. */
export async function openOne(text: string, options: SourceOptions): Promise<Source> {
  const [kind, ...rest] = text.split(':');
  // A Windows path has a colon of its own.
  const detail = rest.length === 0 ? undefined : rest.join(':');
  if (kind === 'ccxt') return { provider: await ccxtSource(detail, options), isLive: true };
  if (options.baseUrl !== undefined) {
    throw new Refusal(
      EXIT.usage,
      `--base-url goes with --source ccxt:NAME, was with ${quote(text)}`,
    );
  }
  if (kind === 'synthetic') return { provider: await syntheticSource(detail), isLive: false };
  if (kind === 'files') return { provider: await filesSource(detail), isLive: false };
  throw new Refusal(
    EXIT.usage,
    `--source takes synthetic[:SEED], files:DIR or ccxt:NAME, was ${quote(text)}; did you mean ${nearestName(kind, KINDS)}?`,
  );
}

async function ccxtSource(
  detail: string | undefined,
  { baseUrl, env, budget, streamHistory = false, streamBooks = false }: SourceOptions,
): Promise<DataProvider> {
  const [name = '', marketType, ...more] = (detail ?? '').split(':');
  const isType = marketType === undefined || marketType === 'spot' || marketType === 'swap';
  if (name === '' || !isType || more.length > 0) {
    throw new Refusal(
      EXIT.usage,
      `--source ccxt:NAME takes an exchange, and spot or swap after another colon, was ${quote(detail ?? '')}`,
    );
  }
  const { ccxtProviderByName } = await import('../providers/ccxt/provider-by-name.js');
  return ccxtProviderByName(name, {
    ...{ env, streamHistory, streamBooks },
    ...(marketType !== undefined && { marketType }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(budget !== undefined && { budget }),
  });
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
  const { filesProviderByName } = await import('../providers/files-by-name.js');
  return filesProviderByName(folder);
}
