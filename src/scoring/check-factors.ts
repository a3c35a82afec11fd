import { quote, ScannerError } from '../errors.js';
import type { Factor } from './factor.js';

/** Beyond it, sums of weights would lose the small ones. */
const MAX_WEIGHT = 1e6;

/**
 * Proves that factors can be weighed together: each has an id of its own and a finite weight above 0.
 *
 * @throws ScannerError `config` naming the factor and what is wrong with it.
 */
export function checkFactors(factors: readonly Factor[]): void {
  const seen = new Set<string>();
  factors.forEach((factor, i) => {
    const { id, weight, needs } = factor;
    if (typeof id !== 'string' || id === '') fail(`factor ${i}: id must be a name`, id);
    if (seen.has(id)) fail(`factor ${i}: id must be a name no other factor has`, id);
    seen.add(id);
    if (!(typeof weight === 'number' && weight > 0 && weight <= MAX_WEIGHT)) {
      fail(`factor ${quote(id)}: weight must be above 0, at most ${MAX_WEIGHT}`, weight);
    }
    if (!Array.isArray(needs)) fail(`factor ${quote(id)}: needs must be a list`, needs);
    if (typeof factor.evaluate !== 'function') {
      fail(`factor ${quote(id)}: evaluate must be a function`, factor.evaluate);
    }
  });
}

function fail(rule: string, found: unknown): never {
  throw new ScannerError('config', `${rule}, was ${quote(found)}`);
}
