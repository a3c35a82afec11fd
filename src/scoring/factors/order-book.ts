import { bandCoverage, bookImbalance } from '../../analysis/microstructure/book-imbalance.js';
import { geometricMid } from '../../analysis/microstructure/mid-price.js';
import { levelsWithin, type PriceBand } from '../../analysis/microstructure/price-band.js';
import { spreadBps } from '../../analysis/microstructure/spread.js';
import type { OrderBook } from '../../market/order-book.js';
import { defineFactor, type Factor } from '../factor.js';
import { ageTrust, clamp, signed } from './evidence.js';

const BAND = { depthBps: 25, scale: 'log' } as const satisfies PriceBand;
const DECAY_BPS = 10;
// Fewer levels than this on a side are one trader's opinion.
const FEWEST_LEVELS = 3;

// The shrunken band ends on the last level of the shallower side; a hair more, lest rounding leave that level out.
const HAIR = 1 + 1e-6;

// One snapshot may be a spoofer's: half a voice until persistence is seen.
const MOST_CONFIDENT = 0.5;
const WIDE_SPREAD_BPS = 20;
const HALF_LIFE_MS = 30_000;

/**
 * Resting bids against asks in one snapshot: the imbalance within 25 bps of the geometric mid, levels weighted by
 * `exp(-distance / 10 bps)`.
 *
 * Where the snapshot reaches less far the band shrinks to what both sides show, and coverage is the reach over 10 bps. Confidence is
 * at most 0.5, halved at a spread of 20 bps and with every 30 seconds of age. Abstains on a one-sided or locked book and with fewer
 * than three levels on a side of the band.
 */
export const orderBookFactor: Factor<'orderBook'> = defineFactor({
  id: 'order-book',
  needs: ['orderBook'],
  weight: 0.1,
  evaluate({ orderBook, time }) {
    const spread = spreadBps(orderBook);
    const depthBps = BAND.depthBps * HAIR * bandCoverage(orderBook, BAND);
    if (!(spread > 0 && depthBps > 0)) return undefined;
    if (fewestLevels(orderBook, { ...BAND, depthBps }) < FEWEST_LEVELS) return undefined;
    const imbalance = bookImbalance(orderBook, { ...BAND, depthBps, decayBps: DECAY_BPS });
    if (Number.isNaN(imbalance)) return undefined;
    const tight = 1 / (1 + spread / WIDE_SPREAD_BPS);
    return {
      bias: clamp(imbalance, -1, 1),
      confidence: MOST_CONFIDENT * tight * ageTrust(time - orderBook.time, HALF_LIFE_MS),
      coverage: Math.min(1, depthBps / DECAY_BPS),
      reason: () =>
        `book imbalance ${signed(imbalance)} within ${depthBps.toFixed(1)} bps, spread ${spread.toFixed(1)} bps`,
    };
  },
});

function fewestLevels(book: OrderBook, band: PriceBand): number {
  const centre = geometricMid(book);
  return Math.min(levelsWithin(book.bids, centre, band), levelsWithin(book.asks, centre, band));
}
