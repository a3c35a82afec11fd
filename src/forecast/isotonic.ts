import { ScannerError } from '../errors.js';

/** A monotone step function from raw chances to calibrated ones. */
export interface IsotonicCalibration {
  /** Smallest raw chance of each step, rising. */
  readonly from: Float64Array;
  /** Calibrated chance of each step, rising. */
  readonly value: Float64Array;
}

/**
 * Fits the monotone step function nearest to the outcomes (pool adjacent violators; Ayer and others, 1955).
 *
 * It follows any shape and so overfits small samples; below some 20,000 events of one regime prefer Platt's two numbers.
 *
 * @param chances - Raw chances, in any order.
 * @param outcomes - 1 where the event happened, 0 where not.
 * @throws ScannerError `insufficient_data` without events.
 */
export function fitIsotonic(chances: Float64Array, outcomes: Uint8Array): IsotonicCalibration {
  if (chances.length === 0) {
    throw new ScannerError('insufficient_data', 'calibration needs events, had none');
  }
  const order = Uint32Array.from(chances, (_, i) => i).sort(
    // Among equal forecasts the hits come first, so that pooling always merges them into one step.
    (a, b) => chances[a] - chances[b] || outcomes[b] - outcomes[a],
  );
  const from: number[] = [];
  const sum: number[] = [];
  const count: number[] = [];
  for (const i of order) {
    from.push(chances[i]);
    sum.push(outcomes[i]);
    count.push(1);
    pool(from, sum, count);
  }
  return {
    from: Float64Array.from(from),
    value: Float64Array.from(sum, (total, k) => total / count[k]),
  };
}

function pool(from: number[], sum: number[], count: number[]): void {
  for (let k = from.length - 1; k > 0 && sum[k - 1] * count[k] >= sum[k] * count[k - 1]; k--) {
    sum[k - 1] += sum.pop() as number;
    count[k - 1] += count.pop() as number;
    from.pop();
  }
}

/** The calibrated chance of a raw one; below the first step, the first step's. */
export function applyIsotonic({ from, value }: IsotonicCalibration, chance: number): number {
  let low = 0;
  let high = from.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (from[middle] <= chance) low = middle + 1;
    else high = middle;
  }
  return value[Math.max(0, low - 1)];
}
