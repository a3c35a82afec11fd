import type { CandleSeries } from '../../market/candle-series.js';
import {
  convergingLines,
  doubleTop,
  headAndShoulders,
  type Shape,
  type ShapeFinder,
  type ShapeName,
  type Vertex,
} from './pattern-shapes.js';
import { type Pivot, type PivotOptions, pivots } from './pivots.js';

/** A shape that chart readers have a name for. */
export type PatternName =
  | 'double-top'
  | 'double-bottom'
  | 'head-and-shoulders'
  | 'inverse-head-and-shoulders'
  | 'ascending-triangle'
  | 'descending-triangle'
  | 'symmetric-triangle'
  | 'rising-wedge'
  | 'falling-wedge';

/** A chart pattern that the newest turning points form. A heuristic reading of the past, not a forecast. */
export interface ChartPattern {
  readonly name: PatternName;
  /** Which way it is said to resolve: -1 down, +1 up; 0 for a symmetric triangle that has not. */
  readonly bias: -1 | 0 | 1;
  /** `confirmed` once a candle has closed beyond the level that the pattern is said to break. */
  readonly state: 'forming' | 'confirmed';
  /** How well the shape is formed, 0 to 1: how level, even and convergent its parts are. */
  readonly quality: number;
  /** Open times of the candles of its first and last turning point, epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Its upper and lower boundary at the newest candle, in quote currency: one is to be broken, beyond the other it has failed. */
  readonly levels: { readonly upper: number; readonly lower: number };
}

const BEARISH: readonly ShapeFinder[] = [doubleTop, headAndShoulders, convergingLines];

const BULLISH_NAME: Readonly<Record<ShapeName, PatternName>> = {
  'double-top': 'double-bottom',
  'head-and-shoulders': 'inverse-head-and-shoulders',
  'descending-triangle': 'ascending-triangle',
  'symmetric-triangle': 'symmetric-triangle',
  'rising-wedge': 'falling-wedge',
};

/**
 * The chart patterns that end in the newest confirmed turning point, best formed first: double top and bottom, head and shoulders and
 * its inverse, ascending, descending and symmetric triangles, rising and falling wedges.
 *
 * Shapes are judged on logarithms of price by their own height, so scale does not matter, and the mirrored market has the mirrored
 * patterns. A pattern is left out once price closes beyond the boundary that refutes it, once the break has run the pattern's height,
 * and once it is older than it was long. Shapes like these appear in random walks too; `quality` says how good one is, not how likely.
 *
 * @param candles - Closed candles of one timeframe.
 * @throws ScannerError `config` as {@link pivots} does.
 *
 * @example
 * ```ts
 * import type { CandleSeries } from 'enhanced-market-scanner';
 * import { chartPatterns } from 'enhanced-market-scanner/analysis';
 *
 * declare const candles: CandleSeries;
 * for (const { name, state, quality } of chartPatterns(candles)) console.log(name, state, quality);
 * ```
 */
export function chartPatterns(
  candles: CandleSeries,
  options: PivotOptions = {},
): readonly ChartPattern[] {
  const turns = pivots(candles, options);
  const found: ChartPattern[] = [];
  for (const side of [-1, 1] as const) {
    for (const find of BEARISH) {
      const pattern = read(candles, turns, find, side);
      if (pattern !== undefined) found.push(pattern);
    }
  }
  return found.sort((a, b) => b.quality - a.quality);
}

/** Looks for a shape as the bears see it (`side` -1), or in the mirrored market (+1). */
function read(
  candles: CandleSeries,
  turns: readonly Pivot[],
  find: ShapeFinder,
  side: -1 | 1,
): ChartPattern | undefined {
  const newest = candles.length - 1;
  const shape = find(vertices(turns, side), newest);
  if (shape === undefined) return undefined;
  const symmetric = shape.name === 'symmetric-triangle';
  if (symmetric && side > 0) return undefined;

  const first = turns[turns.length - shape.vertices];
  const last = turns[turns.length - 1];
  if (newest - last.confirmedAt > last.index - first.index) return undefined;

  const broke = breakOf(shape, -side * Math.log(candles.close[newest]));
  if (broke === undefined || (broke > 0 && !symmetric)) return undefined;
  const confirmed = broke !== 0;
  const levels = [shape.upper, shape.lower].map((level) => Math.exp(-side * level));
  return {
    name: side < 0 ? shape.name : BULLISH_NAME[shape.name],
    bias: symmetric ? broke : side,
    state: confirmed ? 'confirmed' : 'forming',
    quality: shape.quality,
    from: first.time,
    to: last.time,
    levels: { upper: Math.max(...levels), lower: Math.min(...levels) },
  };
}

/** Whether price closed above (+1) or below (-1) the shape, or is still inside; `undefined` when the break has run its height. */
function breakOf({ upper, lower, height }: Shape, close: number): -1 | 0 | 1 | undefined {
  if (close > upper) return close > upper + height ? undefined : 1;
  if (close < lower) return close < lower - height ? undefined : -1;
  return 0;
}

function vertices(turns: readonly Pivot[], side: -1 | 1): readonly Vertex[] {
  const mirrored = side > 0;
  return turns.slice(-6).map(({ kind, index, price }) => ({
    kind: (kind === 'high') === mirrored ? 'low' : 'high',
    x: index,
    y: -side * Math.log(price),
  }));
}
