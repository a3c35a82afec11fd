import type { Factor } from '../factor.js';
import { momentumFactor } from './momentum.js';
import { orderBookFactor } from './order-book.js';
import { regimeFactor } from './regime.js';
import { tradeFlowFactor } from './trade-flow.js';
import { trendFactor } from './trend.js';
import { volatilityFactor } from './volatility.js';
import { volumeFactor } from './volume.js';

/**
 * The factors used when none are given; their weights sum to 1.
 *
 * Order book and trades are two factors, so that a market of which only one is known is still heard; together they are the signal's
 * microstructure.
 */
export const defaultFactors: readonly Factor[] = [
  trendFactor,
  momentumFactor,
  volumeFactor,
  orderBookFactor,
  tradeFlowFactor,
  volatilityFactor,
  regimeFactor,
];
