/** Volume by price. */
export interface VolumeProfile {
  /** Lower edge of each bin, rising; empty bins inside the range are present. */
  readonly price: Float64Array;
  readonly volume: Float64Array;
  readonly binSize: number;
  readonly totalVolume: number;
  /** Lower edge of the bin of most volume. */
  readonly pointOfControl: number;
  /** Lower edge of the lowest bin of the value area. */
  readonly valueAreaLow: number;
  /** Upper edge of the highest bin of the value area. */
  readonly valueAreaHigh: number;
  /** Lower edges of the bins where volume peaks, rising. */
  readonly highVolumeNodes: readonly number[];
  /** Lower edges of the bins where volume dips between two peaks, rising. */
  readonly lowVolumeNodes: readonly number[];
}
