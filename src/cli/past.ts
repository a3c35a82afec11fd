import type { Market } from '../market/market.js';
import type { DataProvider } from '../ports/data-provider.js';
import type { BacktestFlags } from './backtest-flags.js';
import { marketsOf, openSource, presentOf } from './source.js';
import { resolveSymbol } from './symbol-name.js';

const DAY_MS = 86_400_000;

/** After so long an average over the past keeps no trace of what was before it. */
export const WARM_UP_MS: number = 21 * DAY_MS;

/** The stretch of the past that a command looks at, and whose. */
export interface Past {
  readonly provider: DataProvider;
  /** By symbol. */
  readonly markets: readonly Market[];
  /** The source's present: nothing later is read, not even as an outcome. */
  readonly asOf: number;
  /** Where reading begins, so that everything is warm at `--from`. */
  readonly since: number | undefined;
}

/** Opens the source of the flags and finds the symbols that are meant. */
export async function openPast({
  source,
  symbols,
  from,
  fees,
}: Pick<BacktestFlags, 'source' | 'symbols' | 'from' | 'fees'>): Promise<Past> {
  const { provider } = await openSource(source, { baseUrl: undefined, env: {} });
  const asOf = await presentOf(provider);
  const markets = (await marketsOf(provider, asOf)).toSorted(bySymbol);
  const known = markets.map(({ symbol }) => symbol);
  const wanted = new Set(symbols?.map((typed) => resolveSymbol(typed, known)) ?? known);
  return {
    provider,
    markets: markets
      .filter(({ symbol }) => wanted.has(symbol))
      .map((market) => (fees === undefined ? market : { ...market, takerFeeBps: fees })),
    asOf,
    since: from === undefined ? undefined : from - WARM_UP_MS,
  };
}

function bySymbol(a: Market, b: Market): number {
  return a.symbol < b.symbol ? -1 : 1;
}
