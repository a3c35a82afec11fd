import type { Market } from '../../market/market.js';
import { demand } from '../demand.js';
import type { Rule } from './subject.js';

/** What every listed market must be. */
export const marketRules: readonly Rule[] = [
  {
    rule: 'each market is listed once',
    async holds({ provider }) {
      const symbols = (await provider.fetchMarkets()).map((market) => market.symbol);
      const twice = symbols.find((symbol, i) => symbols.indexOf(symbol) !== i);
      demand(twice === undefined, `${twice} is listed twice`);
    },
  },
  {
    rule: 'markets have names, positive steps and fees that are not negative',
    async holds({ provider, asOf }) {
      for (const market of await provider.fetchMarkets({ asOf })) checkMarket(market, asOf);
    },
  },
];

function checkMarket(market: Market, asOf: number): void {
  const { symbol, base, quote, tickSize, lotSize, minNotional, takerFeeBps, listedAt } = market;
  const named = [symbol, base, quote].every((name) => typeof name === 'string' && name !== '');
  demand(named, `a market is named ${symbol}, base ${base}, quote ${quote}`);
  demand(tickSize > 0 && Number.isFinite(tickSize), `${symbol} has tickSize ${tickSize}`);
  demand(lotSize > 0 && Number.isFinite(lotSize), `${symbol} has lotSize ${lotSize}`);
  demand(minNotional >= 0 && Number.isFinite(minNotional), `${symbol}: minNotional ${minNotional}`);
  demand(Number.isFinite(takerFeeBps), `${symbol} has takerFeeBps ${takerFeeBps}`);
  const listed = listedAt === undefined || (Number.isSafeInteger(listedAt) && listedAt <= asOf);
  demand(listed, `${symbol} is listed at ${asOf} though listedAt is ${listedAt}`);
}
