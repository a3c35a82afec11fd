import { quote, ScannerError } from '../../errors.js';
import { type BookLevel, OrderBook } from '../../market/order-book.js';
import { type Trade, TradeSeries } from '../../market/trade-series.js';

interface CcxtBook {
  readonly timestamp?: unknown;
  readonly bids?: unknown;
  readonly asks?: unknown;
}

interface CcxtTrade {
  readonly timestamp?: unknown;
  readonly price?: unknown;
  readonly amount?: unknown;
  readonly side?: unknown;
}

/**
 * A book of ccxt's, its amounts in base.
 *
 * @throws ScannerError `bad_data` for a book without any level, crossed, unsorted or with odd numbers.
 */
export function readBook(
  answer: unknown,
  { depth, contractSize, now }: { depth: number; contractSize: number; now: number },
): OrderBook {
  const { bids, asks, timestamp } = (answer ?? {}) as CcxtBook;
  const book = OrderBook.from({
    time: Number.isSafeInteger(timestamp) ? (timestamp as number) : now,
    bids: readSide('bids', bids, depth, contractSize),
    asks: readSide('asks', asks, depth, contractSize),
  });
  // ccxt makes an empty book of any answer that it does not understand.
  if (book.bids.length === 0 && book.asks.length === 0) {
    throw new ScannerError('bad_data', 'an order book must have levels, had none');
  }
  return book;
}

/**
 * The newest trades of ccxt's until a moment, oldest first, their amounts in base.
 *
 * @throws ScannerError `bad_data` for an empty list and for odd rows.
 */
export function readTrades(
  answer: unknown,
  { limit, contractSize, asOf }: { limit: number; contractSize: number; asOf: number },
): TradeSeries {
  const rows = listOf('trades', answer) as readonly (CcxtTrade | undefined)[];
  if (rows.length === 0) throw new ScannerError('bad_data', 'there must be trades, were none');
  const trades = rows.map((row, i): Trade => {
    if (typeof row?.amount !== 'number') {
      throw new ScannerError(
        'bad_data',
        `trade row ${i}: amount must be a number, was ${quote(row?.amount)}`,
      );
    }
    return {
      time: row.timestamp as number,
      price: row.price as number,
      amount: row.amount * contractSize,
      side: row.side as 'buy',
    };
  });
  trades.sort((a, b) => a.time - b.time);
  return TradeSeries.from(trades.filter(({ time }) => !(time > asOf)).slice(-limit));
}

function readSide(name: string, side: unknown, depth: number, contractSize: number): BookLevel[] {
  const levels = listOf(name, side).slice(0, depth) as BookLevel[];
  if (contractSize === 1) return levels;
  return levels.map(([price, amount]): BookLevel => [price, amount * contractSize]);
}

function listOf(name: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new ScannerError('bad_data', `${name} must be a list, were ${quote(value)}`);
}
