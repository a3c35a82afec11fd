/** Rows where volume peaks, and rows where it dips between two peaks; both rising. */
export interface VolumeNodes {
  readonly high: readonly number[];
  readonly low: readonly number[];
}

/** How far a node must stand out from the rows around it, as a fraction of the busiest row. */
const PROMINENCE = 0.1;

/**
 * High and low volume nodes: the peaks and dips of the lightly smoothed profile (weights 1, 2, 1) whose prominence is at least a
 * tenth of the busiest row.
 *
 * Peaks and dips come alternately, so a low volume node always lies between two high ones: the walk up the rows settles on a peak
 * once volume has fallen from it by the prominence, and on a dip once it has risen from it by as much. Outside the profile volume
 * is 0. A flat peak or dip stands at its middle row.
 *
 * @param busiest - Volume of the busiest row.
 */
export function volumeNodes(rows: Float64Array, busiest: number): VolumeNodes {
  const turns = turningRows(rows, PROMINENCE * busiest);
  return {
    high: turns.filter((_, i) => i % 2 === 0),
    low: turns.filter((_, i) => i % 2 === 1),
  };
}

/** Peak, dip, peak, ... in rising order. */
function turningRows(rows: Float64Array, prominence: number): number[] {
  const turns: number[] = [];
  if (!(prominence > 0)) return turns;
  let sense = 1;
  let extreme = 0;
  let from = -1;
  let to = -1;
  let below = 0;
  let here = rows[0];
  // The two rows past the end have no volume: they settle a peak at the top of the profile.
  for (let row = 0; row <= rows.length + 1; row++) {
    const above = row + 1 < rows.length ? rows[row + 1] : 0;
    const volume = (below + 2 * here + above) / 4;
    below = here;
    here = above;
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
