import type { TradeSeries } from '../../market/trade-series.js';
import { demand, demandRejection } from '../demand.js';
import { moments, orRefused, type Rule, type Subject, UNKNOWN_SYMBOL } from './subject.js';

const MANY = 50;
const FEW = 5;

/** What public trades must be, where a provider has them. */
export const tradeRules: readonly Rule[] = [
  {
    rule: 'trades are oldest first, priced, sized and sided, and no more than the limit',
    holds: (subject) =>
      forEachTape(subject, MANY, subject.asOf, (symbol, trades) => {
        demand(trades.length <= MANY, `${symbol} has ${trades.length}, asked for ${MANY}`);
        for (let i = 0; i < trades.length; i++) {
          const rises = i === 0 || trades.time[i] >= trades.time[i - 1];
          demand(rises, `${symbol} has time ${trades.time[i]} after ${trades.time[i - 1]}`);
          const sound = trades.price[i] > 0 && trades.amount[i] > 0;
          demand(sound, `${symbol} trades ${trades.amount[i]} at ${trades.price[i]}`);
          demand(Math.abs(trades.side[i]) === 1, `${symbol} has side ${trades.side[i]}`);
        }
      }),
  },
  {
    rule: 'a limit keeps the newest trades',
    holds: (subject) =>
      forEachTape(subject, MANY, subject.asOf, async (symbol, many) => {
        await forEachTape({ ...subject, symbols: [symbol] }, FEW, subject.asOf, (_, few) => {
          const newest = many.slice(-FEW);
          const same = few.time.every(
            (time, i) => time === newest.time[i] && few.price[i] === newest.price[i],
          );
          demand(same && few.length === newest.length, `those of ${symbol} are not the newest`);
        });
      }),
  },
  {
    rule: 'no trade is later than the moment asked for',
    async holds(subject) {
      for (const moment of moments(subject.asOf)) {
        await forEachTape(subject, MANY, moment, (symbol, { time, length }) => {
          const past = length === 0 || time[length - 1] <= moment;
          demand(past, `${symbol}, asked as of ${moment}, has time ${time[length - 1]}`);
        });
      }
    },
  },
  {
    rule: "trades of an unknown symbol reject with 'unknown_symbol'",
    holds: ({ provider }) =>
      demandRejection(
        async () => provider.fetchTrades?.(UNKNOWN_SYMBOL, 1),
        'unknown_symbol',
        'fetchTrades',
      ),
  },
];

async function forEachTape(
  { provider, symbols }: Subject,
  limit: number,
  asOf: number,
  holds: (symbol: string, trades: TradeSeries) => void | Promise<void>,
): Promise<void> {
  for (const symbol of symbols) {
    const trades = await orRefused(provider.fetchTrades?.(symbol, limit, { asOf }));
    if (trades !== undefined) await holds(symbol, trades);
  }
}
