import { quote, ScannerError } from '../../errors.js';
import type { CandleSeries } from '../../market/candle-series.js';
import type { TradeSeries } from '../../market/trade-series.js';
import { pointOfControlRow, type ValueAreaExpansion, valueAreaRows } from './value-area.js';
import { spreadVolume, type VolumeGrid } from './volume-grid.js';
import { volumeNodes } from './volume-nodes.js';

/** Volume by price. */
export interface VolumeProfile {
  /** Lower edge of each bin, rising; empty bins inside the range are present. */
  readonly price: Float64Array;
  readonly volume: Float64Array;
  /** Height of a bin: in quote currency, or of a {@link logVolumeProfile} as a fraction of price. */
  readonly binSize: number;
  readonly totalVolume: number;
  /** Lower edge of the bin of most volume; `NaN` when nothing was traded, as both ends of the value area are. */
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

/** How a profile is cut into bins and read. */
export interface VolumeProfileOptions {
  /** Height of a bin, above 0; a range may hold at most a million bins. */
  readonly binSize: number;
  /** Share of volume in the value area, above 0, at most 1. @defaultValue 0.7 */
  readonly valueArea?: number | undefined;
  /** Rows compared at each step as the value area grows. @defaultValue 'two-row' */
  readonly expansion?: ValueAreaExpansion | undefined;
}

/**
 * Volume by price, with its point of control, value area and high and low volume nodes.
 *
 * Each candle's volume is spread evenly over the bins between its low and high, in proportion to overlap, so bin volumes add up to
 * the candles' volume (within 1e-9 of it). Bins lie on an absolute grid, `floor(price / binSize)`, so profiles of different
 * windows line up. The point of control is the bin of most volume; a tie goes to the bin nearest the middle of the profile, then
 * to the lower. The value area grows from it by the larger neighbouring pair of bins (`'two-row'`, the CBOT's rule) or single bin
 * (`'one-row'`), ties upward, until it holds at least the asked share. High and low volume nodes are the peaks and dips of the
 * profile, smoothed with weights 1, 2, 1, that stand out by a tenth of its highest.
 *
 * @param candles - The window to profile; `candles.slice(-n)` for a rolling one. Without candles the profile has no bins.
 * @throws ScannerError `config` when an option is out of range or `binSize` gives more than a million bins.
 *
 * @example
 * ```ts
 * import type { CandleSeries } from 'enhanced-market-scanner';
 * import { volumeProfile } from 'enhanced-market-scanner/analysis';
 *
 * declare const candles: CandleSeries;
 * const { pointOfControl, valueAreaLow, valueAreaHigh } = volumeProfile(candles, { binSize: 0.5 });
 * ```
 */
export function volumeProfile(candles: CandleSeries, options: VolumeProfileOptions): VolumeProfile {
  const { binSize } = checked(options);
  return read(spreadVolume(candles, binSize), options, (row) => row * binSize);
}

/**
 * {@link volumeProfile} of public trades: each trade's amount lies in the bin of its price, and nothing is spread.
 *
 * @throws ScannerError as {@link volumeProfile} does.
 */
export function tradeVolumeProfile(
  { price, amount }: TradeSeries,
  options: VolumeProfileOptions,
): VolumeProfile {
  const { binSize } = checked(options);
  const grid = spreadVolume({ low: price, high: price, volume: amount }, binSize);
  return read(grid, options, (row) => row * binSize);
}

/**
 * {@link volumeProfile} on a logarithmic scale: every bin is the same fraction of its price, and the first close lies in the middle
 * of a bin.
 *
 * The shape then depends neither on the price's scale nor on its direction: multiplying every price moves the edges alone, and the
 * mirror image of a market (every price inverted) has the mirrored profile. Edges are given in quote currency; the middle of the
 * bin that begins at `edge` is `edge * Math.exp(binSize / 2)`.
 *
 * @param options - `binSize` is a difference of natural logarithms: 0.002 is a fifth of a percent of price.
 * @throws ScannerError as {@link volumeProfile} does.
 */
export function logVolumeProfile(
  candles: CandleSeries,
  options: VolumeProfileOptions,
): VolumeProfile {
  const { binSize } = checked(options);
  const { low, high, volume, close, length } = candles;
  const origin = close[0];
  if (SCRATCH.low.length < length) SCRATCH = scratch(2 * length);
  logarithms(low, origin, binSize / 2, SCRATCH.low);
  logarithms(high, origin, binSize / 2, SCRATCH.high);
  const grid = spreadVolume({ low: SCRATCH.low, high: SCRATCH.high, volume }, binSize);
  return read(grid, options, (row) => origin * Math.exp((row - 0.5) * binSize));
}

// A back-test makes a profile at every candle, and to be given two fresh columns takes a tenth of the time it needs.
let SCRATCH = scratch(1024);

function scratch(length: number): { readonly low: Float64Array; readonly high: Float64Array } {
  return { low: new Float64Array(length), high: new Float64Array(length) };
}

function logarithms(prices: Float64Array, origin: number, shift: number, out: Float64Array): void {
  for (let i = 0; i < prices.length; i++) out[i] = Math.log(prices[i] / origin) + shift;
}

function read(
  { first, rows, total }: VolumeGrid,
  { binSize, valueArea = 0.7, expansion = 'two-row' }: VolumeProfileOptions,
  lowerEdge: (row: number) => number,
): VolumeProfile {
  const price = new Float64Array(rows.length);
  for (let row = 0; row < price.length; row++) price[row] = lowerEdge(first + row);

  const control = pointOfControlRow(rows);
  const area = control < 0 ? undefined : valueAreaRows(rows, control, valueArea, expansion);
  const nodes = volumeNodes(rows, control < 0 ? 0 : rows[control]);
  return {
    price,
    volume: rows,
    binSize,
    totalVolume: total,
    pointOfControl: control < 0 ? Number.NaN : price[control],
    valueAreaLow: area === undefined ? Number.NaN : price[area.low],
    valueAreaHigh: area === undefined ? Number.NaN : lowerEdge(first + area.high + 1),
    highVolumeNodes: nodes.high.map((row) => price[row]),
    lowVolumeNodes: nodes.low.map((row) => price[row]),
  };
}

function checked(options: VolumeProfileOptions): VolumeProfileOptions {
  const { binSize, valueArea = 0.7, expansion = 'two-row' } = options;
  if (!(binSize > 0 && binSize < Number.POSITIVE_INFINITY)) {
    throw new ScannerError('config', `binSize must be finite and above 0, was ${quote(binSize)}`);
  }
  if (!(valueArea > 0 && valueArea <= 1)) {
    throw new ScannerError(
      'config',
      `valueArea must be above 0 and at most 1, was ${quote(valueArea)}`,
    );
  }
  if (expansion !== 'one-row' && expansion !== 'two-row') {
    throw new ScannerError(
      'config',
      `expansion must be 'one-row' or 'two-row', was ${quote(expansion)}`,
    );
  }
  return options;
}
