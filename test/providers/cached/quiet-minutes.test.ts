import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Habit, ThinMarket } from './thin-market.js';

const HISTORY = 200;
/** Audits apart, so many questions a market may take: each timeframe at first, and again once it is streamed. */
const AT_FIRST = 4;

async function followed(seed: number, habit: Habit): Promise<ThinMarket> {
  const market = new ThinMarket(seed, habit, HISTORY);
  await market.scanned('1m');
  await market.scanned('5m');
  market.connect();
  await market.minute();
  await market.scanned('1m');
  market.asked.length = 0;
  return market;
}

describe.each(['flat', 'none'] as const)(
  'minutes without a trade, which a source tells as %s',
  (habit) => {
    it('take no request but audits, and are what the source has', async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer(), async (seed) => {
          const market = await followed(seed, habit);
          for (let minute = 0; minute < 40; minute++) {
            await market.minute();
            for (const timeframe of ['1m', '5m'] as const) {
              const scanned = await market.scanned(timeframe);
              expect([...scanned]).toEqual([...market.known(timeframe)]);
            }
          }
          const { audits, corrections } = market.cached.statistics();
          expect(corrections).toBe(0);
          expect(market.asked.length).toBeLessThanOrEqual(audits + AT_FIRST);
        }),
        { numRuns: 25 },
      );
    });

    it('are asked for while the last price has moved, for then a channel is dead', async () => {
      const market = await followed(1, habit);
      market.shownPrice = 1;
      for (let minute = 1; minute <= 3; minute++) {
        await market.minute(false);
        expect([...(await market.scanned('1m'))]).toEqual([...market.known('1m')]);
        expect(market.asked.length).toBeGreaterThanOrEqual(minute);
      }
    });

    it('are asked for while the stream is down', async () => {
      const market = await followed(1, habit);
      market.stretch = undefined;
      for (let minute = 1; minute <= 3; minute++) {
        await market.minute();
        expect([...(await market.scanned('1m'))]).toEqual([...market.known('1m')]);
        expect(market.asked.length).toBeGreaterThanOrEqual(minute);
      }
    });
  },
);

describe('a source that tells of silence otherwise than it did', () => {
  it('is found out by an audit, and asked from then on', async () => {
    const market = await followed(1, 'none');
    market.habit = 'flat';
    let minutes = 0;
    while (market.cached.statistics().corrections === 0 && minutes++ < 500) {
      await market.minute();
      await market.scanned('1m');
    }
    expect(minutes).toBeLessThan(500);
    for (let minute = 0; minute < 10; minute++) {
      await market.minute(false);
      expect([...(await market.scanned('1m'))]).toEqual([...market.known('1m')]);
    }
  });
});
