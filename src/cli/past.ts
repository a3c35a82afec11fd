import { minuteText, spanText } from '../backtest/missing-candles.js';
import { ScannerError } from '../errors.js';
import type { CandleSeries } from '../market/candle-series.js';
import type { Market } from '../market/market.js';
import type { DataProvider } from '../ports/data-provider.js';
import type { BacktestFlags } from './backtest-flags.js';
import { EXIT, Refusal } from './exit-code.js';
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
  to,
  fees,
}: Pick<BacktestFlags, 'source' | 'symbols' | 'from' | 'to' | 'fees'>): Promise<Past> {
  requireOrder(from, to);
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

/** A span that ends before it begins is a mistake, not an empty span. */
function requireOrder(from: number | undefined, to: number | undefined): void {
  if (from === undefined || to === undefined || from < to) return;
  const [begin, end] = [from, to].map(minuteText);
  throw new Refusal(EXIT.usage, `--from must be before --to, was ${begin} and --to ${end}`);
}

/**
 * Refuses a symbol that has no candle in the span of the flags.
 *
 * @throws ScannerError `insufficient_data` that says what it has instead.
 */
export function requireSpan(
  symbol: string,
  { time }: CandleSeries,
  candleMs: number,
  { from, to }: { readonly from?: number | undefined; readonly to?: number | undefined },
): void {
  const [first, end] = [time[0], time[time.length - 1] + candleMs];
  if (end >= (from ?? end) && first < (to ?? end)) return;
  const has = `has ${minuteText(first)} to ${minuteText(end)}`;
  const told = `${symbol} has no candles${spanText(from, to)}, ${has}`;
  throw new ScannerError('insufficient_data', told, { symbol });
}

function bySymbol(a: Market, b: Market): number {
  return a.symbol < b.symbol ? -1 : 1;
}
