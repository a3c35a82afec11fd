import { quote, ScannerError } from '../../errors.js';

// 20 * (1 - 0.95) is 1.0000000000000009: a number of observations this near a whole number is that number.
const WHOLE_TOLERANCE = 1e-9;

/**
 * Historical value at risk: the loss, as a fraction, that the returns stayed within with probability `confidence`.
 *
 * The order statistic of rank `ceil(n * (1 - confidence))` from the worst, its sign turned; below 0 when even that return was a
 * gain. `NaN` when the tail would hold less than one observation (95 % needs 20 returns).
 *
 * @param returns - Returns of equal intervals, as fractions, in any order.
 * @param confidence - Between 0 and 1.
 * @throws ScannerError `config` when `confidence` is not between 0 and 1.
 */
export function valueAtRisk(returns: Float64Array, confidence = 0.95): number {
  const tail = tailSize(returns, confidence);
  if (tail < 1) return Number.NaN;
  return 0 - returns.toSorted()[Math.ceil(tail) - 1];
}

/**
 * Historical expected shortfall: the mean loss, as a fraction, over the worst `1 - confidence` of the returns; never below
 * {@link valueAtRisk}.
 *
 * Where that share is no whole number of returns, the last counts in part (Acerbi and Tasche 2002). `NaN` as for value at risk.
 *
 * @throws ScannerError `config` when `confidence` is not between 0 and 1.
 */
export function expectedShortfall(returns: Float64Array, confidence = 0.95): number {
  const tail = tailSize(returns, confidence);
  if (tail < 1) return Number.NaN;
  const worst = returns.toSorted();
  const whole = Math.floor(tail);
  let sum = 0;
  for (let i = 0; i < whole; i++) sum += worst[i];
  if (tail > whole) sum += (tail - whole) * worst[whole];
  return 0 - sum / tail;
}

function tailSize({ length }: Float64Array, confidence: number): number {
  if (!(confidence > 0 && confidence < 1)) {
    throw new ScannerError(
      'config',
      `confidence must be between 0 and 1, was ${quote(confidence)}`,
    );
  }
  const size = length * (1 - confidence);
  const nearest = Math.round(size);
  return Math.abs(size - nearest) <= WHOLE_TOLERANCE * size ? nearest : size;
}
