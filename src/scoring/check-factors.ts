import { quote, ScannerError } from '../errors.js';
import { DATA_NEEDS, type Factor } from './factor.js';

/** Beyond it, sums of weights would lose the small ones. */
const MAX_WEIGHT = 1e6;

/**
 * Proves that factors can be weighed together: there is one at least, and each has an id of its own, a finite weight above 0 and
 * needs that there are.
 *
 * @throws ScannerError `config` naming the factor and what is wrong with it.
 */
export function checkFactors(factors: readonly Factor[]): void {
  if (factors.length === 0)
    throw new ScannerError('config', 'factors must be one at least, was none');
  const seen = new Set<string>();
  factors.forEach((factor, i) => {
    const { id } = factor;
    if (typeof id !== 'string' || id === '') fail(`factor ${i}: id must be a name`, id);
    if (seen.has(id)) fail(`factor ${i}: id must be a name no other factor has`, id);
    seen.add(id);
    checkFactor(factor);
  });
}

function checkFactor({ id, weight, needs, evaluate }: Factor): void {
  const factor = `factor ${quote(id)}`;
  if (!(typeof weight === 'number' && weight > 0 && weight <= MAX_WEIGHT)) {
    fail(`${factor}: weight must be above 0, at most ${MAX_WEIGHT}`, weight);
  }
  if (!Array.isArray(needs)) fail(`${factor}: needs must be a list`, needs);
  const unknown = needs.find((need) => !DATA_NEEDS.includes(need));
  if (unknown !== undefined) fail(`${factor}: needs must be of ${DATA_NEEDS.join(', ')}`, unknown);
  if (typeof evaluate !== 'function') fail(`${factor}: evaluate must be a function`, evaluate);
}

function fail(rule: string, found: unknown): never {
  throw new ScannerError('config', `${rule}, was ${quote(found)}`);
}
