import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type BookLevel, OrderBook } from '../../../src/market/order-book.js';
import { type Trade, TradeSeries } from '../../../src/market/trade-series.js';
import { SHARED } from '../../shared-data.js';

/** Markets of which six minutes were recorded: a book of fifty levels a side each second, and every trade. */
export const RECORDED = [
  'binance/BTC-USDT',
  'binance/ETH-USDT',
  'binanceusdm/BTC-USDT',
  'binanceusdm/ETH-USDT',
] as const;

interface RecordedBook {
  readonly timestamp: number;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

export function recordedBooks(market: string): OrderBook[] {
  return lines(`${market}-20240808.book1s.jsonl.gz`).map((line) => {
    const { timestamp, bids, asks }: RecordedBook = JSON.parse(line);
    return OrderBook.from({ time: timestamp, bids, asks });
  });
}

export function recordedTrades(market: string): TradeSeries {
  const [, ...rows] = lines(`${market}-20240808.trades.csv.gz`);
  return TradeSeries.from(
    rows.map((row): Trade => {
      const [time, , side, price, amount] = row.split(',');
      return {
        time: Number(time),
        side: side as Trade['side'],
        price: Number(price),
        amount: Number(amount),
      };
    }),
  );
}

function lines(file: string): string[] {
  const packed = readFileSync(new URL(`data/orderbook/${file}`, SHARED));
  return gunzipSync(packed).toString('utf8').trimEnd().split('\n');
}
