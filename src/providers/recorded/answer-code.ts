import { Buffer } from 'node:buffer';
import { CandleSeries } from '../../market/candle-series.js';
import { type BookSide, OrderBook } from '../../market/order-book.js';
import { TradeSeries } from '../../market/trade-series.js';

/** An answer as plain data: candles as the bytes of their columns, so that not a bit is lost; JSON's gaps filled. */
export function encodeAnswer(answer: unknown): unknown {
  if (answer instanceof CandleSeries) {
    return { $candles: Buffer.from(answer.buffer as ArrayBuffer).toString('base64') };
  }
  if (answer instanceof OrderBook) {
    return { $book: { time: answer.time, bids: levels(answer.bids), asks: levels(answer.asks) } };
  }
  if (answer instanceof TradeSeries) return { $trades: trades(answer) };
  if (answer instanceof Map) return { $map: encodeAnswer([...answer]) };
  return JSON.parse(JSON.stringify(answer, withNumbers) ?? '{"$undefined":true}');
}

/** The answer that was encoded. */
export function decodeAnswer(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$undefined' in value) return undefined;
  if ('$number' in value) return Number(value.$number);
  if ('$candles' in value) {
    const bytes = Uint8Array.from(Buffer.from(value.$candles as string, 'base64'));
    return CandleSeries.fromBuffer(bytes.buffer);
  }
  if ('$book' in value) return OrderBook.from(value.$book as Parameters<typeof OrderBook.from>[0]);
  if ('$trades' in value) {
    return TradeSeries.from(value.$trades as Parameters<typeof TradeSeries.from>[0]);
  }
  if ('$map' in value) return new Map(decodeAnswer(value.$map) as [unknown, unknown][]);
  if (Array.isArray(value)) return value.map(decodeAnswer);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, decodeAnswer(inner)]),
  );
}

function withNumbers(_key: string, value: unknown): unknown {
  const isLost = typeof value === 'number' && !Number.isFinite(value);
  return isLost ? { $number: String(value) } : value;
}

function levels({ price, amount }: BookSide): [number, number][] {
  return Array.from(price, (value, i) => [value, amount[i]]);
}

function trades({ time, price, amount, side }: TradeSeries): object[] {
  return Array.from(time, (moment, i) => ({
    time: moment,
    price: price[i],
    amount: amount[i],
    side: side[i] > 0 ? 'buy' : 'sell',
  }));
}
