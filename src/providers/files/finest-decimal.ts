/**
 * How many decimal places a column of numbers has needed, as seen from any moment.
 *
 * Remembers only when the count grew, so that the step inferred for a past moment owes nothing to later numbers.
 */
export class FinestDecimal {
  readonly #since: number[] = [];
  readonly #places: number[] = [];
  /** The most decimal places seen so far; trailing zeros do not count. */
  places = 0;

  /** Takes a larger count, first needed by the row of `time`. */
  grow(places: number, time: number): void {
    this.places = places;
    this.#since.push(time);
    this.#places.push(places);
  }

  /** The step of one unit in the last place, from the rows that opened at or before `time`. */
  stepAt(time: number): number {
    let places = 0;
    for (let i = 0; i < this.#since.length && this.#since[i] <= time; i++) places = this.#places[i];
    return Number(`1e-${places}`);
  }
}

/** Decimal places of a number as it prints; trailing zeros do not count. */
export function decimalPlaces(value: number): number {
  if (!Number.isFinite(value)) return 0;
  const [mantissa, exponent = '0'] = String(value).split('e');
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent));
}
