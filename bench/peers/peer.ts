import type { Workload } from '../workload.js';

/** The fourteen calculations that are compared. */
export const INDICATORS = [
  ...(['rsi', 'macd', 'ema20', 'ema50', 'ema200', 'sma20', 'atr', 'adx'] as const),
  ...(['bollinger', 'stochastic', 'obv', 'vwap', 'mfi', 'slope'] as const),
] as const;

export type IndicatorName = (typeof INDICATORS)[number];

/** One implementation. It computes every line and every candle, and hands back one line for comparison, newest last. */
export interface Peer {
  readonly name: string;
  readonly indicators: Partial<Record<IndicatorName, (series: Workload) => ArrayLike<number>>>;
}
