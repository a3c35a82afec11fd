import { type BookSide, OrderBook } from '../../market/order-book.js';
import { demand, demandRejection } from '../demand.js';
import { moments, orRefused, type Rule, type Subject, UNKNOWN_SYMBOL } from './subject.js';

const DEPTH = 20;
const TOP = 5;

/** What order books must be, where a provider has them. */
export const bookRules: readonly Rule[] = [
  {
    rule: 'an order book is sorted, uncrossed, and no deeper than asked',
    holds: (subject) =>
      forEachBook(subject, DEPTH, subject.asOf, (symbol, book) => {
        OrderBook.from({ time: book.time, bids: levels(book.bids), asks: levels(book.asks) });
        const deepest = Math.max(book.bids.length, book.asks.length);
        demand(deepest <= DEPTH, `${symbol} has ${deepest} levels, asked for ${DEPTH}`);
      }),
  },
  {
    rule: 'a shallower order book is the top of a deeper one',
    holds: (subject) =>
      forEachBook(subject, DEPTH, subject.asOf, async (symbol, deep) => {
        await forEachBook({ ...subject, symbols: [symbol] }, TOP, subject.asOf, (_, top) => {
          for (const side of ['bids', 'asks'] as const) {
            const same = levels(top[side]).every(
              ([price, amount], i) =>
                price === deep[side].price[i] && amount === deep[side].amount[i],
            );
            demand(same, `the ${side} of ${symbol} differ between depth ${TOP} and ${DEPTH}`);
          }
        });
      }),
  },
  {
    rule: 'no order book is later than the moment asked for',
    async holds(subject) {
      for (const moment of moments(subject.asOf)) {
        await forEachBook(subject, 1, moment, (symbol, { time }) => {
          demand(time <= moment, `${symbol}, asked as of ${moment}, has time ${time}`);
        });
      }
    },
  },
  {
    rule: "the order book of an unknown symbol rejects with 'unknown_symbol'",
    holds: ({ provider }) =>
      demandRejection(
        async () => provider.fetchOrderBook?.(UNKNOWN_SYMBOL, 1),
        'unknown_symbol',
        'fetchOrderBook',
      ),
  },
];

async function forEachBook(
  { provider, symbols }: Subject,
  depth: number,
  asOf: number,
  holds: (symbol: string, book: OrderBook) => void | Promise<void>,
): Promise<void> {
  for (const symbol of symbols) {
    const book = await orRefused(provider.fetchOrderBook?.(symbol, depth, { asOf }));
    if (book !== undefined) await holds(symbol, book);
  }
}

function levels({ price, amount }: BookSide): [number, number][] {
  return Array.from(price, (p, i) => [p, amount[i]]);
}
