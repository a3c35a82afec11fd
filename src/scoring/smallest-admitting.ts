/**
 * The smallest number that `admits` accepts, to the last bit: the next number below it is not accepted.
 *
 * Where `admits` is not monotone it is still a number that is accepted whose neighbour below is not.
 *
 * @param low - A number that is not accepted.
 * @param high - A larger number that is.
 */
export function smallestAdmitting(
  low: number,
  high: number,
  admits: (value: number) => boolean,
): number {
  let refused = low;
  let accepted = high;
  for (;;) {
    const middle = refused + (accepted - refused) / 2;
    if (middle <= refused || middle >= accepted) return accepted;
    if (admits(middle)) accepted = middle;
    else refused = middle;
  }
}

/** The double just below `value`, which is positive and not among the very smallest (subnormal) ones. */
export function nextBelow(value: number): number {
  return value * (1 - Number.EPSILON / 2);
}
