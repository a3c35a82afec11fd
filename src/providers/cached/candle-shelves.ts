import type { Timeframe } from '../../market/timeframe.js';
import type { KnownCandles } from './known-candles.js';

const BYTES_PER_CANDLE = 48;

interface Shelf {
  readonly series: Map<Timeframe, KnownCandles>;
  bytes: number;
}

/** Known candles by symbol and timeframe, those of the longest unused symbols dropped when there are too many bytes of them. */
export class CandleShelves {
  readonly #mostBytes: number;
  /** In order of use, the longest unused first. */
  readonly #shelves = new Map<string, Shelf>();
  #bytes = 0;
  #length = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Bytes of all columns together; never more than was allowed. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How many series there are. */
  get length(): number {
    return this.#length;
  }

  get(symbol: string, timeframe: Timeframe): KnownCandles | undefined {
    const shelf = this.#shelves.get(symbol);
    if (shelf === undefined) return undefined;
    this.#shelves.delete(symbol);
    this.#shelves.set(symbol, shelf);
    return shelf.series.get(timeframe);
  }

  set(symbol: string, timeframe: Timeframe, known: KnownCandles): void {
    const shelf = this.#shelves.get(symbol) ?? { series: new Map(), bytes: 0 };
    this.drop(symbol);
    shelf.bytes += bytesOf(known) - bytesOf(shelf.series.get(timeframe));
    shelf.series.set(timeframe, known);
    if (shelf.bytes > this.#mostBytes) return;
    this.#shelves.set(symbol, shelf);
    this.#bytes += shelf.bytes;
    this.#length += shelf.series.size;
    for (const oldest of this.#shelves.keys()) {
      if (this.#bytes <= this.#mostBytes) break;
      this.drop(oldest);
    }
  }

  /** Forgets all series of a symbol. */
  drop(symbol: string): void {
    const shelf = this.#shelves.get(symbol);
    if (shelf === undefined) return;
    this.#shelves.delete(symbol);
    this.#bytes -= shelf.bytes;
    this.#length -= shelf.series.size;
  }

  clear(): void {
    this.#shelves.clear();
    this.#bytes = 0;
    this.#length = 0;
  }
}

function bytesOf(known: KnownCandles | undefined): number {
  return known === undefined ? 0 : known.candles.length * BYTES_PER_CANDLE;
}
