import fc from 'fast-check';
import type { Factor, FactorReading } from '../../src/scoring/factor.js';
import { QUALITY_CODES, type QualityCode } from '../../src/scoring/signal.js';
import { says } from './fixtures.js';

const signedUnit = fc.double({ min: -1, max: 1, noNaN: true });
const unit = fc.double({ min: 0, max: 1, noNaN: true });

/** Any reading a factor may legally give. */
export const anyReading: fc.Arbitrary<FactorReading> = fc.record({
  bias: fc.oneof(signedUnit, fc.constantFrom(-1, 0, 1)),
  confidence: fc.oneof(unit, fc.constantFrom(0, 1)),
  coverage: fc.option(unit, { nil: undefined }),
  reason: fc.constant('because'),
});

/** Any weight a factor may legally have. */
export const anyWeight: fc.Arbitrary<number> = fc.oneof(
  fc.double({ min: 0.01, max: 10, noNaN: true }),
  fc.double({ min: 1e-9, max: 1e6, noNaN: true }),
);

/** One to eight factors, some of which abstain. */
export const anyFactors: fc.Arbitrary<Factor[]> = fc
  .array(fc.tuple(anyWeight, fc.option(anyReading, { nil: undefined })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((list) => list.map(([weight, reading], i) => says(`factor-${i}`, weight, reading)));

/** Any marks a symbol's data may carry. */
export const anyQuality: fc.Arbitrary<QualityCode[]> = fc.subarray([...QUALITY_CODES]);
