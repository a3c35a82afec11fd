/** How a value area grows: by the larger single row, or by the larger pair of rows (the rule of the CBOT). */
export type ValueAreaExpansion = 'one-row' | 'two-row';

/** Rows of a profile, both ends included. */
export interface RowRange {
  readonly low: number;
  readonly high: number;
}

// Rows whose volumes are equal on paper differ in the last digits after spreading; a tie is a tie within this, relatively.
const TIE = 1e-10;

/**
 * The row of most volume: the point of control. A tie goes to the row nearest the middle of the profile, then to the lower.
 *
 * @returns an index into `rows`; -1 when nothing was traded.
 */
export function pointOfControlRow(rows: Float64Array): number {
  const middle = (rows.length - 1) / 2;
  let best = -1;
  let most = 0;
  for (let row = 0; row < rows.length; row++) {
    const volume = rows[row];
    if (volume === 0 || volume < most * (1 - TIE)) continue;
    const isTie = volume <= most * (1 + TIE);
    if (!isTie || Math.abs(row - middle) < Math.abs(best - middle)) best = row;
    if (volume > most) most = volume;
  }
  return best;
}

/**
 * The rows around the point of control that hold at least `share` of the volume.
 *
 * Starts at the point of control and adds, until it holds enough, the larger of the next one or two rows above and below; a tie
 * goes up, and at an end of the profile what is left counts. Steidlmayer's value area, as the CBOT published it.
 *
 * @param rows - Volume by row, rising in price.
 * @param pointOfControl - Index of the row to start from.
 * @param share - Fraction of the volume to hold, above 0, at most 1.
 */
export function valueAreaRows(
  rows: Float64Array,
  pointOfControl: number,
  share: number,
  expansion: ValueAreaExpansion,
): RowRange {
  const step = expansion === 'two-row' ? 2 : 1;
  const last = rows.length - 1;
  const target = share * sum(rows, 0, last) * (1 - TIE);
  let low = pointOfControl;
  let high = pointOfControl;
  let held = rows[pointOfControl];
  while (held < target && (low > 0 || high < last)) {
    const above = sum(rows, high + 1, Math.min(high + step, last));
    const below = sum(rows, Math.max(low - step, 0), low - 1);
    if (low === 0 || (high < last && above >= below * (1 - TIE))) {
      high = Math.min(high + step, last);
      held += above;
    } else {
      low = Math.max(low - step, 0);
      held += below;
    }
  }
  return { low, high };
}

function sum(rows: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let row = from; row <= to; row++) total += rows[row];
  return total;
}
