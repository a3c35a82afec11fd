import { ScannerError } from '../errors.js';

/** A linear model: `intercept + sum(weights[i] * features[i])`. */
export interface LinearModel {
  readonly intercept: number;
  readonly weights: Float64Array;
}

/**
 * Least squares that prefers small weights, gathered one row at a time so that the rows need not be kept.
 *
 * A. E. Hoerl and R. W. Kennard, "Ridge Regression", Technometrics 12 (1970). The intercept is not penalised; the normal
 * equations are solved by Cholesky's decomposition, which the penalty keeps well posed.
 */
export class RidgeRegression {
  readonly #size: number;
  readonly #products: Float64Array;
  readonly #moments: Float64Array;
  #rows = 0;

  /** @param features - How many numbers each row has, without the intercept. */
  constructor(features: number) {
    this.#size = features + 1;
    this.#products = new Float64Array(this.#size * this.#size);
    this.#moments = new Float64Array(this.#size);
  }

  /** Adds one observation. */
  add(features: Float64Array, target: number): void {
    const n = this.#size;
    for (let i = 0; i < n; i++) {
      const left = i === 0 ? 1 : features[i - 1];
      this.#moments[i] += left * target;
      for (let j = 0; j <= i; j++) {
        this.#products[i * n + j] += left * (j === 0 ? 1 : features[j - 1]);
      }
    }
    this.#rows++;
  }

  /**
   * The model of the rows added so far.
   *
   * @param penalty - Weight of the squared weights, per row.
   * @throws ScannerError `insufficient_data` when the rows do not determine the weights.
   */
  fit(penalty: number): LinearModel {
    const n = this.#size;
    const matrix = this.#products.slice();
    for (let i = 1; i < n; i++) matrix[i * n + i] += penalty * this.#rows;
    const solution = solve(matrix, this.#moments.slice(), n);
    return { intercept: solution[0], weights: solution.subarray(1) };
  }
}

function solve(matrix: Float64Array, right: Float64Array, n: number): Float64Array {
  decompose(matrix, n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) right[i] -= matrix[i * n + k] * right[k];
    right[i] /= matrix[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) right[i] -= matrix[k * n + i] * right[k];
    right[i] /= matrix[i * n + i];
  }
  return right;
}

// In place: the lower triangle becomes its Cholesky factor.
function decompose(matrix: Float64Array, n: number): void {
  for (let j = 0; j < n; j++) {
    const pivot = residual(matrix, n, j, j);
    if (!(pivot > 0)) {
      throw new ScannerError('insufficient_data', 'the rows do not determine the weights');
    }
    matrix[j * n + j] = Math.sqrt(pivot);
    for (let i = j + 1; i < n; i++) {
      matrix[i * n + j] = residual(matrix, n, i, j) / matrix[j * n + j];
    }
  }
}

function residual(matrix: Float64Array, n: number, i: number, j: number): number {
  let sum = matrix[i * n + j];
  for (let k = 0; k < j; k++) sum -= matrix[i * n + k] * matrix[j * n + k];
  return sum;
}
