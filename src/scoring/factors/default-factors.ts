import type { Factor } from '../factor.js';
import { momentumFactor } from './momentum.js';
import { regimeFactor } from './regime.js';
import { trendFactor } from './trend.js';
import { volatilityFactor } from './volatility.js';
import { volumeFactor } from './volume.js';

/** The factors used when none are given. */
export const defaultFactors: readonly Factor[] = [
  trendFactor,
  momentumFactor,
  volumeFactor,
  volatilityFactor,
  regimeFactor,
];
