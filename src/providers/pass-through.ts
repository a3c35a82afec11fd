import type { DataProvider } from '../ports/data-provider.js';

/**
 * A provider that hands every question to another: what a decorator changes a part of. It has the capabilities that the other
 * has and no more.
 */
export function passThrough(inner: DataProvider): DataProvider {
  const { fetchTime, fetchOrderBook, fetchTrades, watchCandles, streamedStretch } = inner;
  const { planRequests, releaseMemory, close } = inner;
  return {
    id: inner.id,
    fetchMarkets: inner.fetchMarkets.bind(inner),
    fetchTickers: inner.fetchTickers.bind(inner),
    fetchCandles: inner.fetchCandles.bind(inner),
    ...(fetchTime && { fetchTime: fetchTime.bind(inner) }),
    ...(fetchOrderBook && { fetchOrderBook: fetchOrderBook.bind(inner) }),
    ...(fetchTrades && { fetchTrades: fetchTrades.bind(inner) }),
    ...(watchCandles && { watchCandles: watchCandles.bind(inner) }),
    ...(streamedStretch && { streamedStretch: streamedStretch.bind(inner) }),
    ...(planRequests && { planRequests: planRequests.bind(inner) }),
    ...(releaseMemory && { releaseMemory: releaseMemory.bind(inner) }),
    ...(close && { close: close.bind(inner) }),
  };
}
