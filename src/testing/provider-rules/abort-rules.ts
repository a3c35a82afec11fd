import type { Candle } from '../../market/candle-series.js';
import type { DataProvider, RequestOptions } from '../../ports/data-provider.js';
import { demand, demandRejection } from '../demand.js';
import type { Rule, Subject } from './subject.js';

/** How long watching may go on after an abort. */
const PATIENCE_MS = 2_000;

/** What an abort must do, to each question a provider can be asked. */
export function abortRules(provider: DataProvider): Rule[] {
  const asks: Record<string, (subject: Subject, options: RequestOptions) => Promise<unknown>> = {
    fetchMarkets: async (_, options) => provider.fetchMarkets(options),
    fetchTickers: async ({ symbols }, options) => provider.fetchTickers(symbols, options),
    fetchCandles: async ({ symbols, timeframes }, options) =>
      provider.fetchCandles(symbols[0], timeframes[0], 1, options),
    ...(provider.fetchOrderBook && {
      fetchOrderBook: async ({ symbols }, options) =>
        provider.fetchOrderBook?.(symbols[0], 1, options),
    }),
    ...(provider.fetchTrades && {
      fetchTrades: async ({ symbols }, options) => provider.fetchTrades?.(symbols[0], 1, options),
    }),
  };
  const rules = Object.entries(asks).map(([name, ask]) => ({
    rule: `${name} rejects with 'aborted' when its signal has fired`,
    holds: (subject: Subject) =>
      demandRejection(() => ask(subject, { signal: AbortSignal.abort() }), 'aborted', name),
  }));
  return provider.watchCandles === undefined ? rules : [...rules, watchRule];
}

const watchRule: Rule = {
  rule: 'watchCandles ends when its signal fires',
  async holds({ provider, symbols, timeframes }) {
    const controller = new AbortController();
    const { signal } = controller;
    const ended = watchToTheEnd(provider.watchCandles?.(symbols[0], timeframes[0], { signal }));
    controller.abort();
    demand(await settles(ended), `it still waits ${PATIENCE_MS} ms after the abort`);
  },
};

async function watchToTheEnd(watched: AsyncIterable<Candle> | undefined): Promise<void> {
  const iterator = watched?.[Symbol.asyncIterator]();
  while ((await iterator?.next())?.done === false);
}

async function settles(work: Promise<void>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  const settled = await Promise.race([work.then(() => true), patience]);
  clearTimeout(timer);
  return settled;
}
