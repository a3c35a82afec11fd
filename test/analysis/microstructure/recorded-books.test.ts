import { describe, expect, it } from 'vitest';
import {
  bandCoverage,
  bookImbalance,
} from '../../../src/analysis/microstructure/book-imbalance.js';
import { bandDepth } from '../../../src/analysis/microstructure/depth.js';
import { liquidityGaps } from '../../../src/analysis/microstructure/liquidity-gaps.js';
import { makerActivity } from '../../../src/analysis/microstructure/maker-activity.js';
import { midPrice, weightedMid } from '../../../src/analysis/microstructure/mid-price.js';
import { normalizedOrderFlowImbalance } from '../../../src/analysis/microstructure/order-flow-imbalance.js';
import { slippageBps, walkBook } from '../../../src/analysis/microstructure/slippage.js';
import { spreadBps } from '../../../src/analysis/microstructure/spread.js';
import { takerBuyShare } from '../../../src/analysis/microstructure/trade-flow.js';
import { hasShared } from '../../shared-data.js';
import { RECORDED, recordedBooks, recordedTrades } from './recorded-books.js';

describe.skipIf(!hasShared)('recorded books (skipped without the reference data)', () => {
  it.each(RECORDED)('of %s give a number for every reading', (market) => {
    for (const book of recordedBooks(market)) {
      const bid = book.bids.price[0];
      const ask = book.asks.price[0];
      expect(weightedMid(book)).toBeGreaterThan(bid);
      expect(weightedMid(book)).toBeLessThan(ask);
      expect(spreadBps(book)).toBeGreaterThan(0);

      const band = { depthBps: 1, scale: 'log' } as const;
      expect(Math.abs(bookImbalance(book, { ...band, decayBps: 0.5 }))).toBeLessThanOrEqual(1);
      expect(bandDepth(book, band).bids).toBeGreaterThan(0);
      expect(bandCoverage(book, { depthBps: 100 })).toBeLessThan(1);
      expect(bandCoverage(book, { depthBps: 100 })).toBeGreaterThan(0);

      const { bids, asks } = liquidityGaps(book, { depthBps: 1, tickSize: 0.01 });
      expect(bids.first?.ticks).toBeGreaterThanOrEqual(1);
      expect(asks.largest?.bps).toBeGreaterThan(0);

      const cost = slippageBps(book, 'buy', 1_000);
      expect(cost).toBeGreaterThanOrEqual(spreadBps(book) / 2 - 1e-6);
      expect(walkBook(book, 'sell', 0.01).unfilled).toBe(0);
    }
  });

  it.each(RECORDED)('of %s move with their order flow in the same ten seconds', (market) => {
    const books = recordedBooks(market);
    const flows: number[] = [];
    const moves: number[] = [];
    for (let i = 0; i + 10 < books.length; i += 10) {
      flows.push(normalizedOrderFlowImbalance(books.slice(i, i + 11)));
      moves.push(Math.log(midPrice(books[i + 10]) / midPrice(books[i])));
    }
    expect(correlation(flows, moves)).toBeGreaterThan(0.5);
  });

  it.each(RECORDED)('of %s show who quotes and what taking costs', (market) => {
    const trades = recordedTrades(market);
    const share = takerBuyShare(trades);
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.8);

    const activity = makerActivity(recordedBooks(market), { trades, depthBps: 1 });
    expect(activity?.kyleLambda).toBeGreaterThan(0);
    expect(activity?.replenishment).toBeGreaterThan(0);
    expect(activity?.replenishment).toBeLessThanOrEqual(1);
    expect(activity?.touchChangesPerSecond).toBeGreaterThan(0.5);
    expect(activity?.flowPerVolume).toBeGreaterThan(0);
    expect(activity?.balancedShare).toBeGreaterThan(0);
  });
});

function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const product = (a: readonly number[], ma: number, b: readonly number[], mb: number): number =>
    a.reduce((sum, value, i) => sum + (value - ma) * (b[i] - mb), 0);
  return product(x, mx, y, my) / Math.sqrt(product(x, mx, x, mx) * product(y, my, y, my));
}
