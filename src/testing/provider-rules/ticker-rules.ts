import type { Ticker } from '../../market/ticker.js';
import { demand } from '../demand.js';
import { moments, orRefused, type Rule, UNKNOWN_SYMBOL } from './subject.js';

/** An exchange answers a question about its present a moment later, and a scan takes what is not a minute late. */
const PRESENT_MS = 60_000;

/** What tickers must be. */
export const tickerRules: readonly Rule[] = [
  {
    rule: 'tickers are those of symbols that were asked for, at most one each',
    async holds({ provider, symbols, asOf }) {
      const tickers = await provider.fetchTickers(symbols, { asOf });
      const named = tickers.map((ticker) => ticker.symbol);
      const foreign = named.find((symbol) => !symbols.includes(symbol));
      demand(foreign === undefined, `${foreign} was not asked for`);
      demand(new Set(named).size === named.length, `answered ${named.join(', ')}`);
    },
  },
  {
    rule: 'a symbol without a ticker is left out, not rejected',
    async holds({ provider, symbols, asOf }) {
      const tickers = await provider.fetchTickers([...symbols, UNKNOWN_SYMBOL], { asOf });
      demand(
        tickers.every((ticker) => ticker.symbol !== UNKNOWN_SYMBOL),
        `there is a ticker of ${UNKNOWN_SYMBOL}`,
      );
    },
  },
  {
    rule: 'a ticker has a price, bid <= ask, and a volume that is not negative',
    async holds({ provider, symbols, asOf }) {
      for (const ticker of await provider.fetchTickers(symbols, { asOf })) checkTicker(ticker);
    },
  },
  {
    rule: 'no ticker is later than the moment asked for',
    async holds({ provider, symbols, asOf }) {
      for (const moment of moments(asOf)) {
        const tickers = await orRefused(provider.fetchTickers(symbols, { asOf: moment }));
        for (const { symbol, time } of tickers ?? []) {
          const latest = moment === asOf ? moment + PRESENT_MS : moment;
          const past = Number.isSafeInteger(time) && time <= latest;
          demand(past, `${symbol}, asked as of ${moment}, has time ${time}`);
        }
      }
    },
  },
];

function checkTicker({ symbol, last, bid, ask, quoteVolume24h, change24h }: Ticker): void {
  for (const [name, price] of Object.entries({ last, bid: bid ?? 1, ask: ask ?? 1 })) {
    demand(price > 0 && Number.isFinite(price), `${symbol} has ${name} ${price}`);
  }
  const crossed = bid !== undefined && ask !== undefined && bid > ask;
  demand(!crossed, `${symbol} has bid ${bid} above ask ${ask}`);
  const volume = quoteVolume24h ?? 0;
  demand(volume >= 0 && Number.isFinite(volume), `${symbol} has quoteVolume24h ${volume}`);
  const change = change24h ?? 0;
  demand(change > -1 && Number.isFinite(change), `${symbol} has change24h ${change}`);
}
