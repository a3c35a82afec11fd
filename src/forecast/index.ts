export type { BarrierOptions, BarrierProbabilities } from './barrier-probability.js';
export { barrierProbabilities } from './barrier-probability.js';
export { calibratedBarriers } from './calibrated-barriers.js';
export { defaultModelCard } from './default-model-card.js';
export { DIRECTION_FEATURES, directionTilt } from './direction-tilt.js';
export { expectedReturn } from './expected-return.js';
export type { IsotonicCalibration } from './isotonic.js';
export { applyIsotonic, fitIsotonic } from './isotonic.js';
export type {
  HorizonModel,
  ModelCard,
  Provenance,
  ReliabilityColumns,
  SigmaCalibration,
  TiltFinding,
  TiltModel,
} from './model-card.js';
export { normalCdf, normalDensity, normalQuantile } from './normal.js';
export type { PlattCalibration } from './platt.js';
export { applyPlatt, fitPlatt, logistic, logit, plattTargets } from './platt.js';
export { brierScore, brierSkill, logLoss, qlike } from './probability-score.js';
export { readModelCard } from './read-model-card.js';
export type { BrierDecomposition, ReliabilityBin } from './reliability.js';
export { calibrationError, decomposeBrier, reliabilityTable } from './reliability.js';
export type { LinearModel } from './ridge.js';
export { RidgeRegression } from './ridge.js';
export type { TouchOptions } from './touch-probability.js';
export { calibratedTouch, touchProbability } from './touch-probability.js';
export type { VolatilityForecast } from './volatility.js';
export { forecastVolatility } from './volatility.js';
export { VOLATILITY_FEATURES } from './volatility-features.js';
export type { FastVolatility, SlowVolatility, VolatilityReadings } from './volatility-reader.js';
export {
  FAST_TIMEFRAME,
  FastVolatilityReader,
  SLOW_TIMEFRAME,
  SlowVolatilityReader,
} from './volatility-reader.js';
export { wilsonInterval } from './wilson-interval.js';
export type { PositionBarriers, PositionChances } from './win-probability.js';
export { MAX_TILT, positionChances } from './win-probability.js';
