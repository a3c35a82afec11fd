import { ScannerError } from '../errors.js';
import type { Ticker } from '../market/ticker.js';
import type { DataProvider, DataRequestOptions } from '../ports/data-provider.js';
import { BOOK_FAULTS, type BookFaultName, withBookFault } from './faults/book-faults.js';
import { CALL_FAULTS, type CallFaultName, hang } from './faults/call-faults.js';
import { CANDLE_FAULTS, type CandleFaultName, withCandleFault } from './faults/candle-faults.js';
import { TICKER_FAULTS, type TickerFaultName } from './faults/ticker-faults.js';
import { draw } from './seeded-draw.js';

/** What can be wrong with a source, for one symbol at a time. */
export type Fault =
  | CallFaultName
  | CandleFaultName
  | BookFaultName
  | TickerFaultName
  | 'hang'
  | 'wrong-shape'
  | 'no-book'
  | 'no-trades';

/** Every fault there is. */
export const FAULTS: readonly Fault[] = [
  ...(Object.keys(CALL_FAULTS) as CallFaultName[]),
  'hang',
  'wrong-shape',
  ...(Object.keys(CANDLE_FAULTS) as CandleFaultName[]),
  ...(Object.keys(BOOK_FAULTS) as BookFaultName[]),
  'no-book',
  'no-trades',
  ...(Object.keys(TICKER_FAULTS) as TickerFaultName[]),
];

/** Which faults a {@link chaoticProvider} injects, where and when. */
export interface ChaoticProviderOptions {
  /** A whole number; each gives another course of events. @defaultValue 1 */
  readonly seed?: number;
  /** Share of symbols that have a fault at a time, 0 to 1. @defaultValue 0.2 */
  readonly share?: number;
  /** The faults to draw from. @defaultValue {@link FAULTS} */
  readonly faults?: readonly Fault[];
  /** How long a fault lasts before it is drawn anew, by the moments asked for. @defaultValue 300_000 */
  readonly spellMs?: number;
  /** Faults of certain symbols, always and whatever is drawn. */
  readonly symbols?: Readonly<Record<string, Fault>>;
}

/** A provider with faults, and what they are. */
export interface ChaoticProvider extends DataProvider {
  /** The fault of a symbol at a moment; `undefined` when it has none. */
  faultOf(symbol: string, asOf: number): Fault | undefined;
}

/**
 * Another provider with faults: each symbol may have one for a while, drawn from the seed by the moment asked for, so that the
 * same scans meet the same faults. A symbol without a fault has exactly the answers of the provider underneath.
 *
 * @throws ScannerError `config` for a share outside 0 to 1.
 *
 * @example
 * ```ts
 * import { EnhancedMarketScanner } from 'enhanced-market-scanner';
 * import { syntheticProvider } from 'enhanced-market-scanner/providers';
 * import { chaoticProvider } from 'enhanced-market-scanner/testing';
 *
 * const provider = chaoticProvider(syntheticProvider(), { symbols: { 'BTC/USDT': 'rate-limited' } });
 * const report = await new EnhancedMarketScanner({ provider }).scan();
 * console.log(report.failures[0].error.code); // rate_limit
 * ```
 */
export function chaoticProvider(
  inner: DataProvider,
  options: ChaoticProviderOptions = {},
): ChaoticProvider {
  const { seed = 1, share = 0.2, faults = FAULTS, spellMs = 300_000 } = options;
  if (!(share >= 0 && share <= 1)) {
    throw new ScannerError('config', `share must be from 0 to 1, was ${share}`);
  }
  const fixed = new Map(Object.entries(options.symbols ?? {}));
  const faultOf = (symbol: string, asOf: number): Fault | undefined => {
    const given = fixed.get(symbol);
    if (given !== undefined) return given;
    const spell = `${seed} ${Math.floor(asOf / spellMs)} ${symbol}`;
    if (draw(`${spell} whether`) >= share) return undefined;
    return faults[Math.floor(draw(`${spell} which`) * faults.length)];
  };
  const faultAt = (symbol: string, request: DataRequestOptions | undefined): Fault | undefined =>
    faultOf(symbol, request?.asOf ?? 0);
  const { fetchTime, fetchOrderBook, fetchTrades, watchCandles, close } = inner;
  return {
    id: inner.id,
    faultOf,
    fetchMarkets: (request) => inner.fetchMarkets(request),
    async fetchTickers(symbols, request) {
      const tickers = await inner.fetchTickers(symbols, request);
      return tickers.flatMap((ticker) => faultyTicker(ticker, faultAt(ticker.symbol, request)));
    },
    async fetchCandles(symbol, timeframe, limit, request) {
      const fault = faultAt(symbol, request);
      if (isOf(CALL_FAULTS, fault)) throw CALL_FAULTS[fault](symbol);
      if (fault === 'hang') return hang(request?.signal);
      const candles = await inner.fetchCandles(symbol, timeframe, limit, request);
      if (fault === 'wrong-shape') return JSON.parse(JSON.stringify([...candles]));
      return isOf(CANDLE_FAULTS, fault) ? withCandleFault(fault, candles, timeframe) : candles;
    },
    ...(fetchOrderBook && {
      async fetchOrderBook(symbol, depth, request) {
        const fault = faultAt(symbol, request);
        if (fault === 'no-book') throw CALL_FAULTS.refused(symbol);
        const book = await fetchOrderBook.call(inner, symbol, depth, request);
        return isOf(BOOK_FAULTS, fault) ? withBookFault(fault, book) : book;
      },
    }),
    ...(fetchTrades && {
      async fetchTrades(symbol, limit, request) {
        if (faultAt(symbol, request) === 'no-trades') throw CALL_FAULTS.refused(symbol);
        return fetchTrades.call(inner, symbol, limit, request);
      },
    }),
    ...(fetchTime && { fetchTime: fetchTime.bind(inner) }),
    ...(watchCandles && { watchCandles: watchCandles.bind(inner) }),
    ...(close && { close: close.bind(inner) }),
  };
}

function faultyTicker(ticker: Ticker, fault: Fault | undefined): readonly Ticker[] {
  if (!isOf(TICKER_FAULTS, fault)) return [ticker];
  const changed: Ticker | undefined = TICKER_FAULTS[fault](ticker);
  return changed === undefined ? [] : [changed];
}

function isOf<Table extends object>(
  table: Table,
  fault: Fault | undefined,
): fault is Fault & keyof Table {
  return fault !== undefined && Object.hasOwn(table, fault);
}
