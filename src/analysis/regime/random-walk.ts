/**
 * The net move from one index to another in random-walk units: over `root mean square step * sqrt(steps)`, what a random
 * walk with the same step size covers. Near a standard normal for a random walk; 0 when nothing moved.
 *
 * Steps are squared, so one jump, however large, counts as 1 at most: a trend is many steps one way, not one print.
 *
 * @param logClose - Logarithms of price.
 * @param from - Index of the first close.
 * @param to - Index of the last close, above `from`.
 */
export function randomWalkMove(logClose: Float64Array, from: number, to: number): number {
  const unit = randomWalkUnit(logClose, from, to);
  return unit > 0 ? (logClose[to] - logClose[from]) / unit : 0;
}

/** Highest close less lowest in random-walk units; near 1.6 for a random walk, `NaN` when nothing moved. */
export function randomWalkSpan(logClose: Float64Array, from: number, to: number): number {
  let top = logClose[from];
  let bottom = top;
  for (let i = from + 1; i <= to; i++) {
    top = Math.max(top, logClose[i]);
    bottom = Math.min(bottom, logClose[i]);
  }
  const unit = randomWalkUnit(logClose, from, to);
  return unit > 0 ? (top - bottom) / unit : Number.NaN;
}

function randomWalkUnit(logClose: Float64Array, from: number, to: number): number {
  let squares = 0;
  for (let i = from + 1; i <= to; i++) {
    const step = logClose[i] - logClose[i - 1];
    squares += step * step;
  }
  return Math.sqrt(squares);
}
