import { describe, expect, it } from 'vitest';
import { checkFactors } from '../../src/scoring/check-factors.js';
import type { Factor } from '../../src/scoring/factor.js';
import { defaultFactors } from '../../src/scoring/factors/default-factors.js';
import { says } from './fixtures.js';

const sound = says('sound', 1, undefined);

describe('checkFactors', () => {
  it('accepts the default factors', () => {
    expect(() => checkFactors(defaultFactors)).not.toThrow();
  });

  it.each([
    ['no name', [{ ...sound, id: '' }], 'factor 0: id must be a name, was ""'],
    [
      'a name twice',
      [sound, sound],
      'factor 1: id must be a name no other factor has, was "sound"',
    ],
    ['no weight', [{ ...sound, weight: 0 }], 'must be above 0, at most 1000000, was 0'],
    ['a weight of NaN', [{ ...sound, weight: Number.NaN }], 'at most 1000000, was NaN'],
    ['no needs', [{ ...sound, needs: undefined }], '"sound": needs must be a list, was undefined'],
    ['an unknown need', [{ ...sound, needs: ['candels'] }], 'trades, was "candels"'],
    ['no factor among them', [], 'factors must be one at least, was none'],
    ['nothing to say', [{ ...sound, evaluate: 7 }], '"sound": evaluate must be a function, was 7'],
  ])('refuses factors with %s', (_, factors, message) => {
    expect(() => checkFactors(factors as unknown as Factor[])).toThrow(
      expect.objectContaining({ code: 'config', message: expect.stringContaining(message) }),
    );
  });
});
