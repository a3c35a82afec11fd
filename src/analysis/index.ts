export type { BookImbalanceOptions } from './microstructure/book-imbalance.js';
export { bandCoverage, bookImbalance } from './microstructure/book-imbalance.js';
export type { BandDepth } from './microstructure/depth.js';
export { bandDepth, notionalToMove } from './microstructure/depth.js';
export { geometricMid, midPrice, weightedMid } from './microstructure/mid-price.js';
export {
  normalizedOrderFlowImbalance,
  orderFlow,
  orderFlowImbalance,
} from './microstructure/order-flow-imbalance.js';
export type { DistanceScale, PriceBand } from './microstructure/price-band.js';
export type { BookWalk, TakerSide } from './microstructure/slippage.js';
export { slippageBps, walkBook } from './microstructure/slippage.js';
export { spread, spreadBps } from './microstructure/spread.js';
export type { ValueAreaExpansion } from './volume-profile/value-area.js';
export type { VolumeProfile, VolumeProfileOptions } from './volume-profile/volume-profile.js';
export {
  logVolumeProfile,
  tradeVolumeProfile,
  volumeProfile,
} from './volume-profile/volume-profile.js';
