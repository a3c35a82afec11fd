/**
 * The indicators of one timeframe at its newest closed candle; `NaN` while an indicator is warming up.
 *
 * All price calculations run on the natural logarithm of price, relative to the first close read. That makes every reading
 * free of the price's scale, and makes a market and its mirror image (every price inverted) give mirrored readings exactly;
 * "fraction" below is a difference of logarithms, which for small moves is the fraction of price.
 */
export interface TimeframeReadings {
  /** How many candles were read. */
  readonly count: number;
  /** Open time of the newest candle, epoch milliseconds. */
  readonly time: number;
  /** Newest close, in quote currency. */
  readonly close: number;
  /** Wilder's relative strength index (14), 0 to 100. */
  readonly rsi: number;
  /** MACD line, signal line and their difference (12, 26, 9), as fractions. */
  readonly macd: number;
  readonly macdSignal: number;
  readonly macdHistogram: number;
  /** Wilder's average true range (14), as a fraction. */
  readonly atr: number;
  /** Wilder's directional movement (14), 0 to 100. */
  readonly adx: number;
  readonly plusDi: number;
  readonly minusDi: number;
  /** Where the close lies in its Bollinger bands (20, 2): -1 on the lower, 0 on the middle, +1 on the upper. */
  readonly bandPosition: number;
  /** Upper band minus lower band, as a fraction. */
  readonly bandWidth: number;
  /** Slow stochastic (14, 3, 3), 0 to 100. */
  readonly stochasticK: number;
  readonly stochasticD: number;
  /** Close minus its exponential average, as a fraction. */
  readonly emaDistance20: number;
  readonly emaDistance50: number;
  readonly emaDistance200: number;
  /** Close minus the rolling volume-weighted average price of 50 candles, as a fraction. */
  readonly vwapDistance: number;
  /** Signed volume over total volume of 14 candles (the change of on-balance volume over what was traded), -1 to +1. */
  readonly volumeFlow: number;
  /** Newest volume over the mean of the 20 before it. */
  readonly relativeVolume: number;
  /** Move over 10 candles, as a fraction. */
  readonly roc: number;
  /** Least-squares slope of 50 closes, as a fraction per candle. */
  readonly slope: number;
  /** The slope over its standard error. */
  readonly slopeT: number;
  /**
   * The move the slope spans, in units of what a random walk would cover in as many candles:
   * `slope * sqrt(50) / (standard deviation of one-candle returns)`.
   */
  readonly trendStrength: number;
  /** Kaufman's efficiency ratio of 20 candles: net move over path, signed, -1 to +1. */
  readonly efficiency: number;
  /** Standard deviation of 50 one-candle returns, as a fraction per candle. */
  readonly volatility: number;
}
