/** Rows where volume peaks, and rows where it dips between two peaks; both rising. */
export interface VolumeNodes {
  readonly high: readonly number[];
  readonly low: readonly number[];
}

/** How far a node must stand out from the rows around it, as a fraction of the busiest row. */
const PROMINENCE = 0.1;

/**
 * High and low volume nodes: the peaks and dips of the lightly smoothed profile (weights 1, 2, 1) whose prominence is at least a
 * tenth of its highest row.
 *
 * Peaks and dips come alternately, so a low volume node always lies between two high ones: the walk up the rows settles on a peak
 * once volume has fallen from it by the prominence, and on a dip once it has risen from it by as much. Outside the profile volume
 * is 0. A flat peak or dip stands at its middle row.
 */
export function volumeNodes(rows: Float64Array): VolumeNodes {
  const turns = turningRows(rows, PROMINENCE * busiest(rows));
  return {
    high: turns.filter((_, i) => i % 2 === 0),
    low: turns.filter((_, i) => i % 2 === 1),
  };
}

/** Peak, dip, peak, ... in rising order. */
function turningRows(rows: Float64Array, prominence: number): number[] {
  const turns: number[] = [];
  if (prominence === 0) return turns;
  let sense = 1;
  let extreme = 0;
  let from = -1;
  let to = -1;
  // The row past the end has no volume: it settles a peak at the top of the profile.
  for (let row = 0; row <= rows.length; row++) {
    const volume = smoothed(rows, row);
    const further = sense * (volume - extreme);
    const settled = further <= -prominence;
    if (settled) {
      turns.push((from + to) >> 1);
      sense = -sense;
    }
    if (settled || further > 0) {
      extreme = volume;
      from = row;
      to = row;
    } else if (further === 0 && to === row - 1) {
      to = row;
    }
  }
  return turns;
}

function busiest(rows: Float64Array): number {
  let most = 0;
  for (let row = 0; row < rows.length; row++) most = Math.max(most, smoothed(rows, row));
  return most;
}

function smoothed(rows: Float64Array, row: number): number {
  if (row === rows.length) return 0;
  const below = row > 0 ? rows[row - 1] : 0;
  const above = row < rows.length - 1 ? rows[row + 1] : 0;
  return (below + 2 * rows[row] + above) / 4;
}
