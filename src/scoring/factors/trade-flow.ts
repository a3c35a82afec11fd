import type { TradeSeries } from '../../market/trade-series.js';
import { defineFactor, type Factor } from '../factor.js';
import { ageTrust, clamp, signed } from './evidence.js';

const FEWEST_TRADES = 10;
const HALF_LIFE_MS = 5 * 60_000;

// Flow explains the move it came with far better than the next one, so it never speaks at full voice.
const MOST_CONFIDENT = 0.5;
const HALF_TRUSTED_TRADES = 20;

/**
 * Who crossed the spread: the amount takers bought less what they sold, over both, each trade's amount halved with every five
 * minutes before the newest.
 *
 * Confidence is at most 0.5, rises with the effective number of trades `n = (sum w)^2 / sum w^2` as `n / (n + 20)`, so that one
 * large order is one voice, and halves with every five minutes since the newest trade. Abstains with fewer than 10 trades.
 */
export const tradeFlowFactor: Factor<'trades'> = defineFactor({
  id: 'trade-flow',
  needs: ['trades'],
  weight: 0.05,
  evaluate({ trades, time }) {
    if (trades.length < FEWEST_TRADES) return undefined;
    const { flow, voices } = takerFlow(trades);
    if (Number.isNaN(voices)) return undefined;
    const age = time - trades.time[trades.length - 1];
    return {
      bias: clamp(flow, -1, 1),
      confidence:
        MOST_CONFIDENT * (voices / (voices + HALF_TRUSTED_TRADES)) * ageTrust(age, HALF_LIFE_MS),
      reason: () => `taker flow ${signed(flow)} over ${trades.length} trades`,
    };
  },
});

function takerFlow({ length, time, amount, side }: TradeSeries): { flow: number; voices: number } {
  const newest = time[length - 1];
  let largest = 0;
  for (let i = 0; i < length; i++) largest = Math.max(largest, amount[i]);
  let signedSum = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < length; i++) {
    const weight = (amount[i] / largest) * ageTrust(newest - time[i], HALF_LIFE_MS);
    signedSum += weight * side[i];
    sum += weight;
    squares += weight * weight;
  }
  return { flow: signedSum / sum, voices: (sum * sum) / squares };
}
