export type { Bar } from './block.js';
export { CandleIndicator } from './candle-indicator.js';
export { ColumnIndicator } from './column-indicator.js';
export type { Columns, Indicator } from './indicator.js';
export type { AdxLines } from './indicators/adx.js';
export { Adx, adx } from './indicators/adx.js';
export { Atr, atr } from './indicators/atr.js';
export type { BollingerLines } from './indicators/bollinger-bands.js';
export { BollingerBands, bollingerBands } from './indicators/bollinger-bands.js';
export { ChangeDeviation, changeDeviation } from './indicators/change-deviation.js';
export { EfficiencyRatio, efficiencyRatio } from './indicators/efficiency-ratio.js';
export { Ema, ema } from './indicators/ema.js';
export type { LinearSlopeLines } from './indicators/linear-slope.js';
export { LinearSlope, linearSlope, linearSlopeT } from './indicators/linear-slope.js';
export type { MacdLines } from './indicators/macd.js';
export { Macd, macd } from './indicators/macd.js';
export { Mfi, mfi } from './indicators/mfi.js';
export { Obv, obv } from './indicators/obv.js';
export { RelativeVolume, relativeVolume } from './indicators/relative-volume.js';
export { Roc, roc } from './indicators/roc.js';
export { Rsi, rsi } from './indicators/rsi.js';
export { Sma, sma } from './indicators/sma.js';
export type { StochasticLines } from './indicators/stochastic.js';
export { Stochastic, stochastic } from './indicators/stochastic.js';
export { VolumeFlow, volumeFlow } from './indicators/volume-flow.js';
export { RollingVwap, Vwap, vwap } from './indicators/vwap.js';
export { Wilder, wilder } from './indicators/wilder.js';
export type { BookImbalanceOptions } from './microstructure/book-imbalance.js';
export { bandCoverage, bookImbalance } from './microstructure/book-imbalance.js';
export type { BandDepth } from './microstructure/depth.js';
export { bandDepth, notionalToMove } from './microstructure/depth.js';
export type {
  LiquidityGap,
  LiquidityGapsOptions,
  SideGaps,
} from './microstructure/liquidity-gaps.js';
export { liquidityGaps } from './microstructure/liquidity-gaps.js';
export type { MakerActivity, MakerActivityOptions } from './microstructure/maker-activity.js';
export { makerActivity } from './microstructure/maker-activity.js';
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

export { takerBuyShare } from './microstructure/trade-flow.js';

export type { MarketPhase, PhaseReading } from './regime/market-phase.js';
export { marketPhase } from './regime/market-phase.js';
export type { MarketRegime } from './regime/market-regime.js';
export { marketRegime } from './regime/market-regime.js';
export type { ChartPattern, PatternName } from './regime/patterns.js';
export { chartPatterns } from './regime/patterns.js';
export type { Pivot, PivotOptions } from './regime/pivots.js';
export { pivots } from './regime/pivots.js';
export { drawdown, maxDrawdown } from './risk/drawdown.js';
export { parkinsonVolatility, realizedVolatility } from './risk/realized-volatility.js';
export { expectedShortfall, valueAtRisk } from './risk/value-at-risk.js';
export { ExponentialAverage } from './rolling/exponential-average.js';
export type { TimeframeReadings } from './timeframe-reader.js';
export { readTimeframe, TimeframeReader } from './timeframe-reader.js';
export type { ValueAreaExpansion } from './volume-profile/value-area.js';
export type { VolumeProfile, VolumeProfileOptions } from './volume-profile/volume-profile.js';
export {
  logVolumeProfile,
  tradeVolumeProfile,
  volumeProfile,
} from './volume-profile/volume-profile.js';
export type { VolumeTrend, VolumeTrendOptions } from './volume-profile/volume-trend.js';
export { volumeTrend } from './volume-profile/volume-trend.js';
