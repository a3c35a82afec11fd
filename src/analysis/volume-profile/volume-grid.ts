import { ScannerError } from '../../errors.js';

/** Volume traded over ranges of price, one entry per candle or trade; all columns of one length. */
export interface TradedRanges {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly volume: Float64Array;
}

/** Volume by row of an absolute grid: row `i` spans `[(first + i) * size, (first + i + 1) * size)`. */
export interface VolumeGrid {
  readonly first: number;
  readonly rows: Float64Array;
  readonly total: number;
}

/** More rows than this is a mistake in the bin size, and would take memory before it took sense. */
const MAX_BINS = 1_000_000;

// Far above any market, and far enough below the largest number that volume over the thinnest overlap stays finite.
const MAX_VOLUME = 1e280;

// 0.3 / 0.1 is 2.9999999999999996. A position is good to two units in the last place; within four, a price lies on the edge.
const EDGE = 2 ** -50;

/**
 * Spreads each volume evenly over its range, in proportion to its overlap with each row.
 *
 * Takes constant time per range: the two rows at its ends get their share, and a difference array, summed once at the end, gives
 * every row between them the same density. Densities are rounded down to a quantum of which the total holds less than 2^53, so
 * that opening and closing a range cancel exactly: rows nobody traded are 0, none is negative, and no error travels along the
 * grid. What rounding takes from the rows between goes to the upper end.
 *
 * @throws ScannerError `config` when `size` gives more than a million rows; `bad_data` when the volumes add up beyond 1e280.
 */
export function spreadVolume(ranges: TradedRanges, size: number): VolumeGrid {
  const { low, high, volume } = ranges;
  const { length } = volume;
  if (length === 0) return { first: 0, rows: new Float64Array(0), total: 0 };
  const { lowest, highestLow, highest, total } = extent(ranges);
  const perPrice = 1 / size;
  const first = startRow(lowest * perPrice);
  const last = Math.max(startRow(highestLow * perPrice), endRow(highest * perPrice));
  const count = last - first + 1;
  check(size, first, count, total, highest - lowest);

  const rows = new Float64Array(count);
  const change = new Float64Array(count + 1);
  const quantum = 2 ** Math.max(Math.ceil(Math.log2(total)) - 52, -950);
  const perQuantum = 1 / quantum;
  for (let i = 0; i < length; i++) {
    const from = low[i] * perPrice;
    const to = high[i] * perPrice;
    const bottomEdge = startRow(from);
    const topEdge = endRow(to);
    // `| 0` says that an index is a small whole number, which saves the machine from proving it.
    const bottom = (bottomEdge - first) | 0;
    const top = (topEdge - first) | 0;
    if (top <= bottom) {
      rows[bottom] += volume[i];
      continue;
    }
    const density = volume[i] / (to - from);
    const inside = Math.floor(density * perQuantum) * quantum;
    rows[bottom] += density * (bottomEdge + 1 - from);
    rows[top] += density * (to - topEdge) + (density - inside) * (top - bottom - 1);
    change[bottom + 1] += inside;
    change[top] -= inside;
  }
  let density = 0;
  for (let row = 0; row < count; row++) {
    density += change[row];
    rows[row] += density;
  }
  return { first, rows, total };
}

/** The row that a range starting at `position`, in rows, starts in: on an edge, the row above it. */
function startRow(position: number): number {
  return Math.floor(position * (1 + EDGE));
}

/** The row that a range ending at `position` ends in: on an edge, the row below it. */
function endRow(position: number): number {
  return Math.ceil(position * (1 - EDGE)) - 1;
}

interface Extent {
  readonly lowest: number;
  readonly highestLow: number;
  readonly highest: number;
  readonly total: number;
}

function extent({ low, high, volume }: TradedRanges): Extent {
  let lowest = Number.POSITIVE_INFINITY;
  let highestLow = Number.NEGATIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  let total = 0;
  const { length } = volume;
  for (let i = 0; i < length; i++) {
    if (low[i] < lowest) lowest = low[i];
    if (low[i] > highestLow) highestLow = low[i];
    if (high[i] > highest) highest = high[i];
    total += volume[i];
  }
  return { lowest, highestLow, highest, total };
}

function check(size: number, first: number, count: number, total: number, range: number): void {
  if (!(count <= MAX_BINS && Math.abs(first) + count <= Number.MAX_SAFE_INTEGER)) {
    throw new ScannerError(
      'config',
      `binSize must give at most ${MAX_BINS} bins, was ${size} over a range of ${range}`,
    );
  }
  if (!(total <= MAX_VOLUME)) {
    throw new ScannerError(
      'bad_data',
      `volumes must add up to at most ${MAX_VOLUME}, was ${total}`,
    );
  }
}
