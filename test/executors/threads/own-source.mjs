/** A provider of one flat market, as a user may write one. */
export function ownSource() {
  const symbol = 'FLAT/USDT';
  return {
    id: 'own',
    fetchTime: async () => 1_700_000_000_000,
    fetchMarkets: async () => [
      {
        symbol,
        base: 'FLAT',
        quote: 'USDT',
        tickSize: 0.01,
        lotSize: 0.01,
        minNotional: 5,
        takerFeeBps: 5,
      },
    ],
    fetchTickers: async () => [
      {
        symbol,
        time: 1_700_000_000_000,
        last: 100,
        bid: 99.9,
        ask: 100.1,
        quoteVolume24h: 5e6,
        change24h: 0.02,
      },
    ],
    async fetchCandles() {
      throw new Error('no candles today');
    },
  };
}
