import { ScannerError, type ScannerErrorCode } from '../../errors.js';
import type { CandleSeries } from '../../market/candle-series.js';
import { type Timeframe, timeframeMs } from '../../market/timeframe.js';
import type { DataProvider } from '../../ports/data-provider.js';
import { demand } from '../demand.js';

/** A rule of the contract; `holds` throws where it is broken. */
export interface Rule {
  readonly rule: string;
  holds(subject: Subject): Promise<void>;
}

/** A provider under check, and what is asked of it. */
export interface Subject {
  readonly provider: DataProvider;
  readonly symbols: readonly string[];
  readonly timeframes: readonly Timeframe[];
  /** The close of the newest candle that any series has: a moment the provider has data for. */
  readonly asOf: number;
}

/** As many candles as a check asks for: enough to look into the past of, few enough for any exchange. */
export const SAMPLE = 60;

/** A market that no provider has. */
export const UNKNOWN_SYMBOL = 'NO-SUCH-BASE/NO-SUCH-QUOTE';

const HOUR_MS = 3_600_000;
const USUAL_TIMEFRAMES: readonly Timeframe[] = ['1m', '5m', '15m', '1h', '4h'];
const USUAL_SYMBOLS = 3;

/** Finds out what can be asked of a provider. */
export async function readSubject(
  provider: DataProvider,
  options: { readonly symbols?: readonly string[]; readonly timeframes?: readonly Timeframe[] },
): Promise<Subject> {
  const symbols =
    options.symbols ??
    (await provider.fetchMarkets()).slice(0, USUAL_SYMBOLS).map((market) => market.symbol);
  demand(symbols.length > 0, 'the provider lists no markets');
  const timeframes =
    options.timeframes ?? (await supported(provider, symbols[0], USUAL_TIMEFRAMES));
  demand(timeframes.length > 0, `none of ${USUAL_TIMEFRAMES.join(', ')} is supported`);
  let asOf = Number.NEGATIVE_INFINITY;
  for (const symbol of symbols) {
    for (const timeframe of timeframes) {
      const newest = (await provider.fetchCandles(symbol, timeframe, 1)).at(-1);
      if (newest !== undefined) asOf = Math.max(asOf, newest.time + timeframeMs(timeframe));
    }
  }
  demand(asOf > Number.NEGATIVE_INFINITY, `${symbols.join(', ')} have no candles`);
  return { provider, symbols, timeframes, asOf };
}

async function supported(
  provider: DataProvider,
  symbol: string,
  timeframes: readonly Timeframe[],
): Promise<Timeframe[]> {
  const kept: Timeframe[] = [];
  for (const timeframe of timeframes) {
    try {
      await provider.fetchCandles(symbol, timeframe, 1);
      kept.push(timeframe);
    } catch (error) {
      if (!(ScannerError.is(error) && error.code === 'unsupported')) throw error;
    }
  }
  return kept;
}

/** Runs `holds` for each series of a subject, as seen at its moment. */
export async function forEachSeries(
  { provider, symbols, timeframes, asOf }: Subject,
  holds: (series: {
    readonly what: string;
    readonly timeframe: Timeframe;
    readonly candles: CandleSeries;
    readonly fetch: (limit: number, asOf: number) => Promise<CandleSeries>;
  }) => void | Promise<void>,
): Promise<void> {
  for (const symbol of symbols) {
    for (const timeframe of timeframes) {
      const fetch = (limit: number, at: number): Promise<CandleSeries> =>
        provider.fetchCandles(symbol, timeframe, limit, { asOf: at });
      const candles = await fetch(SAMPLE, asOf);
      await holds({ what: `${symbol} ${timeframe}`, timeframe, candles, fetch });
    }
  }
}

/** The moments that answers must not be later than: one the provider has data for, and one in its past. */
export function moments(asOf: number): readonly number[] {
  return [asOf, asOf - HOUR_MS];
}

/** An answer, or `undefined` where the provider says that it has none: a live exchange cannot show an earlier order book. */
export async function orRefused<T>(answer: Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    const refused = ScannerError.is(error) && REFUSALS.has(error.code);
    if (refused) return undefined;
    throw error;
  }
}

const REFUSALS: ReadonlySet<ScannerErrorCode> = new Set(['unsupported', 'insufficient_data']);
