import { ScannerError } from '../errors.js';
import type { CandleSeries } from '../market/candle-series.js';
import type { Market } from '../market/market.js';
import type { Ticker } from '../market/ticker.js';
import { tickerFromCandles } from '../market/ticker-from-candles.js';
import type { Timeframe } from '../market/timeframe.js';
import { type Limiter, limiter } from '../parallel/bounded-map.js';
import { throwIfAborted } from '../parallel/deadline.js';
import type { Clock } from '../ports/clock.js';
import type { DataProvider, DataRequestOptions, RequestOptions } from '../ports/data-provider.js';
import { type CandleFile, listCandleFiles } from './files/candle-folder.js';
import type { FileMarketType } from './files/file-name.js';
import {
  marketAt,
  readSymbolFiles,
  type SymbolFiles,
  unreadableMarket,
} from './files/symbol-files.js';
import { clockFrom, momentOf, requireCount, unknownSymbol } from './request.js';

/** How {@link filesProvider} looks at its folder. */
export interface FilesProviderOptions {
  /**
   * The provider's present: a fixed moment, or a clock.
   * @defaultValue the close of the newest candle of any readable file
   */
  readonly now?: number | Clock;
  /**
   * The time of the machine: a row that opens more than 5 seconds after it is bad data.
   * @defaultValue `Date.now`
   */
  readonly wallClock?: Clock;
  /**
   * What files named after two currencies hold: `swap` makes `BTC-USDT-5m.csv` candles of the perpetual `BTC/USDT:USDT`.
   * @defaultValue `spot`
   */
  readonly marketType?: 'spot' | 'swap';
}

/** How far the clock of whoever wrote a file may be ahead of ours. */
const CLOCK_TOLERANCE_MS = 5_000;
/** Symbols read at once: enough to keep disk and unzipping busy, few enough to fit in memory whole. */
const READS_AT_ONCE = 8;

/**
 * A provider over a folder of candle files, `SYMBOL-timeframe.csv`, `.csv.gz`, `.ndjson` or `.ndjson.gz`, such as
 * `BTC-USDT-5m.csv.gz` for `BTC/USDT`.
 *
 * CSV has the header `timestamp,open,high,low,close,volume`; timestamps are candle opens in epoch milliseconds, UTC, rising.
 * Each file is read once, when its symbol is first asked for. Files of several timeframes may lie side by side: the shortest
 * is folded into every longer one that it divides. Nothing later than the moment asked for is ever served or used: not
 * candles, and not the price and volume steps either, which are the finest decimal place seen until then. Takers'
 * fees are taken as 10 basis points, of perpetuals as 5, and the minimum notional as 0, for files know neither. There are no order books and no trades.
 *
 * A file that is not sound harms only its symbol: that is still listed (with steps of 1e-8), has no ticker, and asking for
 * its candles rejects with `bad_data` naming the file, the line and what was found.
 *
 * @example
 * ```ts
 * import { filesProvider } from 'enhanced-market-scanner/providers';
 *
 * const provider = filesProvider('./candles', { now: Date.parse('2024-05-01T00:00:00Z') });
 * ```
 */
export function filesProvider(folder: string, options: FilesProviderOptions = {}): DataProvider {
  return new FilesProvider(folder, options);
}

class FilesProvider implements DataProvider {
  readonly id = 'files';
  readonly #folder: string;
  readonly #now: Clock | undefined;
  readonly #wallClock: Clock;
  readonly #marketType: FileMarketType;
  readonly #limit: Limiter = limiter(READS_AT_ONCE);
  readonly #reads: Map<string, Promise<SymbolFiles>> = new Map();
  #listing: Promise<Map<string, CandleFile[]>> | undefined;

  constructor(folder: string, { now, wallClock, marketType = 'spot' }: FilesProviderOptions) {
    this.#marketType = marketType;
    this.#folder = folder;
    this.#now = now === undefined ? undefined : clockFrom(now);
    this.#wallClock = wallClock ?? Date.now;
  }

  async fetchTime(options?: RequestOptions): Promise<number> {
    return (await this.#begin({ signal: options?.signal })).asOf;
  }

  async fetchMarkets(options?: DataRequestOptions): Promise<readonly Market[]> {
    const { files, asOf } = await this.#begin(options);
    const markets = await Promise.all(
      Array.from(files.values(), async (own) => {
        const read = await this.#readable(own);
        return read === undefined ? unreadableMarket(own[0]) : marketAt(own[0], read, asOf);
      }),
    );
    throwIfAborted(options?.signal);
    return markets.filter((market) => market !== undefined);
  }

  async fetchTickers(
    symbols: readonly string[],
    options?: DataRequestOptions,
  ): Promise<readonly Ticker[]> {
    const { files, asOf } = await this.#begin(options);
    const tickers = await Promise.all(
      symbols.map(async (symbol) => {
        const shelf = (await this.#readable(files.get(symbol)))?.shelf;
        if (shelf === undefined) return undefined;
        const { baseTimeframe } = shelf;
        return tickerFromCandles(symbol, shelf.base, baseTimeframe, asOf);
      }),
    );
    throwIfAborted(options?.signal);
    return tickers.filter((ticker) => ticker !== undefined);
  }

  async fetchCandles(
    symbol: string,
    timeframe: Timeframe,
    limit: number,
    options?: DataRequestOptions,
  ): Promise<CandleSeries> {
    requireCount('limit', limit);
    const { files, asOf } = await this.#begin(options);
    const own = files.get(symbol);
    if (own === undefined) throw unknownSymbol(this.id, symbol);
    const { shelf } = await this.#read(own);
    throwIfAborted(options?.signal);
    return shelf.at(timeframe, asOf).slice(-limit);
  }

  async #begin(options: DataRequestOptions | undefined): Promise<{
    readonly files: ReadonlyMap<string, CandleFile[]>;
    readonly asOf: number;
  }> {
    throwIfAborted(options?.signal);
    const files = await this.#listed();
    if (this.#now !== undefined || options?.asOf !== undefined) {
      return { files, asOf: momentOf(options, this.#now ?? this.#wallClock) };
    }
    const reads = await Promise.all(Array.from(files.values(), (own) => this.#readable(own)));
    const newest = Math.max(0, ...reads.map((read) => read?.shelf.end ?? 0));
    return { files, asOf: momentOf(options, () => newest) };
  }

  async #listed(): Promise<Map<string, CandleFile[]>> {
    this.#listing ??= listCandleFiles(this.#folder, this.#marketType);
    try {
      return await this.#listing;
    } catch (error) {
      // A folder that is not there yet may be there when the next question comes.
      this.#listing = undefined;
      throw error;
    }
  }

  #read(files: readonly CandleFile[]): Promise<SymbolFiles> {
    const { symbol } = files[0];
    const begun = this.#reads.get(symbol);
    if (begun !== undefined) return begun;
    const latest = this.#wallClock() + CLOCK_TOLERANCE_MS;
    const read = this.#limit(() => readSymbolFiles(files, latest));
    this.#reads.set(symbol, read);
    return read;
  }

  /** `undefined` where there are no files, or bad ones: those harm only whoever asks for their candles. */
  async #readable(files: readonly CandleFile[] | undefined): Promise<SymbolFiles | undefined> {
    if (files === undefined) return undefined;
    try {
      return await this.#read(files);
    } catch (error) {
      if (ScannerError.is(error) && error.code === 'bad_data') return undefined;
      throw error;
    }
  }
}
