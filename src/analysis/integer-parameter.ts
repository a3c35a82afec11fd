import { quote, ScannerError } from '../errors.js';

/**
 * A whole-number parameter, as it was given.
 *
 * @throws ScannerError `config` when `value` is not an integer, or below `least`.
 */
export function integerParameter(name: string, value: number, least = 1): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new ScannerError('config', `${name} must be an integer >= ${least}, was ${quote(value)}`);
}
