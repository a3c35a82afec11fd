import { describe, expect, it } from 'vitest';
import { OrderBook } from '../../src/market/order-book.js';
import { DEFAULT_SCORING_SETTINGS } from '../../src/scoring/settings.js';
import type { TradePlan } from '../../src/scoring/signal.js';
import { type TradePlanInput, tradePlan } from '../../src/scoring/trade-plan.js';
import { market } from './fixtures.js';

const settings = { ...DEFAULT_SCORING_SETTINGS, maxPositionNotional: 100, equity: 10_000 };

const plain: TradePlanInput = {
  direction: 'long',
  market: { ...market, takerFeeBps: 0 },
  last: 100,
  touch: { bid: 99.9, ask: 100 },
  orderBook: undefined,
  atr: 0.01,
  structure: [],
  settings,
};

function plan(changed: Partial<TradePlanInput>): TradePlan {
  const found = tradePlan({ ...plain, ...changed });
  if (found === undefined) throw new Error('there is no plan');
  return found;
}

describe('tradePlan', () => {
  it('buys at the ask and sells at the bid, and at the last price without either', () => {
    expect(plan({}).entryPrice).toBe(100);
    expect(plan({ direction: 'short' }).entryPrice).toBe(99.9);
    expect(plan({ touch: undefined, last: 99.95 }).entryPrice).toBe(99.95);
  });

  it('counts reward over risk after fees', () => {
    const { stopLoss, takeProfit } = plan({});
    expect(plan({}).rewardToRisk).toBeCloseTo(2, 12);
    const fee = 0.001;
    const gain = takeProfit - 100 - fee * (100 + takeProfit);
    const loss = 100 - stopLoss + fee * (100 + stopLoss);
    const costly = plan({ market: { ...market, takerFeeBps: 10 } });
    expect(costly.rewardToRisk).toBeCloseTo(gain / loss, 12);
    expect(costly.positionSize).toBeCloseTo(Math.floor(200_000 / loss) / 1000, 9);
  });

  it('pays what the book costs beyond the touch, twice in a loss and once in a win', () => {
    const deep = OrderBook.from({
      time: 0,
      bids: [[99.9, 1000]],
      asks: [
        [100, 50],
        [101, 1000],
      ],
    });
    const { stopLoss, takeProfit, rewardToRisk, positionSize } = plan({ orderBook: deep });
    // Without slippage 200 at risk over 1.99 buys 100.502: 50 at 100 and 50.502 at 101, half a unit of price worse.
    const slippage = 50.502 / 100.502;
    expect(stopLoss).toBe(98.01);
    const loss = 1.99 + 2 * slippage;
    expect(rewardToRisk).toBeCloseTo((takeProfit - 100 - slippage) / loss, 9);
    expect(positionSize).toBeCloseTo(Math.floor((200 / loss) * 1000) / 1000, 9);
  });

  it('never takes more than the book holds', () => {
    const thin = OrderBook.from({ time: 0, bids: [[99.9, 1]], asks: [[100, 2.5]] });
    expect(plan({ orderBook: thin }).positionSize).toBe(2.5);
    const empty = OrderBook.from({ time: 0, bids: [[99.9, 1]], asks: [] });
    expect(plan({ orderBook: empty }).positionSize).toBe(0);
  });

  it('risks a quarter of Kelly when a chance is known and that is less', () => {
    // (0.35 - 0.65 / 2) / 4 is 0.00625 of equity.
    expect(plan({ probability: 0.35 }).riskFraction).toBeCloseTo(0.00625, 4);
  });

  it('has no plan where the tick is too coarse', () => {
    const coarse = { ...market, tickSize: 200 };
    expect(tradePlan({ ...plain, market: coarse, touch: undefined })).toBeUndefined();
  });
});
