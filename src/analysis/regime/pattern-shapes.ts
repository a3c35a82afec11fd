/** A turning point as a shape sees it: where it lies in time, and the logarithm of its price. */
export interface Vertex {
  readonly kind: 'high' | 'low';
  readonly x: number;
  readonly y: number;
}

/** A pattern as geometry, seen by the bears; its bullish twin is the same shape in the mirrored market. */
export interface Shape {
  readonly name: ShapeName;
  /** How well the shape is formed, 0 to 1. */
  readonly quality: number;
  /** How many of the newest vertices belong to it. */
  readonly vertices: number;
  /** Above this it has failed; a logarithm of price, at the newest candle. */
  readonly upper: number;
  /** Below this it is confirmed; a logarithm of price, at the newest candle. */
  readonly lower: number;
  /** Height of the shape, as a fraction of price. */
  readonly height: number;
}

export type ShapeName =
  | 'double-top'
  | 'head-and-shoulders'
  | 'descending-triangle'
  | 'symmetric-triangle'
  | 'rising-wedge';

/** Looks for one shape at the end of the vertices; `now` is where the newest candle lies. */
export type ShapeFinder = (vertices: readonly Vertex[], now: number) => Shape | undefined;

// All as shares of the shape's height.
const LEVEL_TOPS = 0.15;
const LEVEL_SHOULDERS = 0.25;
const LEVEL_NECK = 0.3;
const HEAD_ABOVE = 0.2;
const LEVEL_LINE = 0.12;
const SLOPING_LINE = 0.15;
const CONVERGING = 0.3;
const TOUCHING = 0.15;
const CLOSED = 0.6;

/** Two highs at one level after a rise at least as tall as the dip between them. */
export const doubleTop: ShapeFinder = (vertices) => {
  if (vertices.length < 4) return undefined;
  const [before, first, dip, second] = vertices.slice(-4);
  const height = (first.y + second.y) / 2 - dip.y;
  const mismatch = Math.abs(first.y - second.y) / height;
  const rise = (first.y - before.y) / height;
  if (second.kind !== 'high' || mismatch > LEVEL_TOPS || rise < 1) return undefined;
  return {
    name: 'double-top',
    quality: mean(
      1 - mismatch / LEVEL_TOPS,
      evenness(dip.x - first.x, second.x - dip.x),
      Math.min(1, rise / 2),
    ),
    vertices: 3,
    upper: Math.max(first.y, second.y),
    lower: dip.y,
    height,
  };
};

/** A high between two lower ones at about one level, over a neckline that is nearly level, after a rise. */
export const headAndShoulders: ShapeFinder = (vertices, now) => {
  if (vertices.length < 6) return undefined;
  const [before, left, leftDip, head, rightDip, right] = vertices.slice(-6);
  const neck = lineThrough(leftDip, rightDip);
  const height = head.y - neck(head.x);
  const shoulders = Math.max(left.y, right.y);
  const mismatch = Math.abs(left.y - right.y) / height;
  const tilt = Math.abs(leftDip.y - rightDip.y) / height;
  const stands =
    right.kind === 'high' &&
    (head.y - shoulders) / height >= HEAD_ABOVE &&
    before.y < Math.min(leftDip.y, rightDip.y);
  if (!stands || mismatch > LEVEL_SHOULDERS || tilt > LEVEL_NECK) return undefined;
  return {
    name: 'head-and-shoulders',
    quality: mean(
      1 - mismatch / LEVEL_SHOULDERS,
      1 - tilt / LEVEL_NECK,
      evenness(head.x - left.x, right.x - head.x),
    ),
    vertices: 5,
    upper: head.y,
    lower: neck(now),
    height,
  };
};

/** Lines that converge over five turns: a falling one onto a level one, two rising ones, or two toward each other. */
export const convergingLines: ShapeFinder = (vertices, now) => {
  if (vertices.length < 5) return undefined;
  const turns = vertices.slice(-5);
  const [first, second, middle, fourth, last] = turns;
  const outer = lineThrough(first, last);
  const inner = lineThrough(second, fourth);
  const [upper, lower] = first.kind === 'high' ? [outer, inner] : [inner, outer];
  const height = upper(first.x) - lower(first.x);
  const miss = Math.abs(middle.y - outer(middle.x)) / height;
  if (!(height > 0 && miss <= TOUCHING && upper(now) > lower(now))) return undefined;
  const top = (upper(last.x) - upper(first.x)) / height;
  const bottom = (lower(last.x) - lower(first.x)) / height;
  const name = linesName(top, bottom);
  if (name === undefined) return undefined;
  return {
    name,
    quality: mean(1 - miss / TOUCHING, Math.min(1, (bottom - top) / CLOSED)),
    vertices: turns.length,
    upper: upper(now),
    lower: lower(now),
    height,
  };
};

/** By how the two lines run over the shape, as shares of its height. */
function linesName(top: number, bottom: number): ShapeName | undefined {
  if (bottom - top < CONVERGING) return undefined;
  if (top <= -SLOPING_LINE && bottom >= SLOPING_LINE) return 'symmetric-triangle';
  if (top <= -SLOPING_LINE && Math.abs(bottom) <= LEVEL_LINE) return 'descending-triangle';
  return top >= SLOPING_LINE ? 'rising-wedge' : undefined;
}

function lineThrough(a: Vertex, b: Vertex): (x: number) => number {
  const slope = (b.y - a.y) / (b.x - a.x);
  return (x) => a.y + slope * (x - a.x);
}

function evenness(a: number, b: number): number {
  return Math.min(a, b) / Math.max(a, b);
}

function mean(...parts: readonly number[]): number {
  return parts.reduce((sum, part) => sum + part, 0) / parts.length;
}
