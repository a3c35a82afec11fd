import { describe, expect, it } from 'vitest';
import { sentence } from '../../../src/scoring/factor.js';
import { profilePosition, volumeFactor } from '../../../src/scoring/factors/volume.js';
import { everywhere, input, profile, reading, SILENT } from './readings.js';

function read(changes: Parameters<typeof reading>[0], volumeProfile = profile()) {
  return volumeFactor.evaluate(input({ readings: everywhere(reading(changes)), volumeProfile }));
}

describe('volumeFactor', () => {
  it('favours the side that volume flowed to, that price is above the average price of, and above value', () => {
    const buyers = read({ volumeFlow: 0.6, vwapDistance: 0.058, close: 105, relativeVolume: 2.1 });
    expect(buyers?.bias).toBeGreaterThan(0.5);
    expect(sentence(buyers?.reason ?? '')).toBe(
      'volume favours buyers; 2.1 times the usual; price above the value area',
    );
    const sellers = read({ volumeFlow: -0.6, vwapDistance: -0.058, close: 95 });
    expect(sellers?.bias).toBeLessThan(-0.5);
  });

  it('is believed less on little volume, and fully on twice the usual', () => {
    const [little, usual, much, more] = [0, 1, 2, 50].map(
      (relativeVolume) => read({ volumeFlow: 0.6, relativeVolume })?.confidence,
    );
    expect(little).toBe(0);
    expect(usual).toBeCloseTo((much ?? 0) / 2, 12);
    expect(more).toBe(much);
  });

  it('reads the rest where there is no profile, and abstains where nothing was traded', () => {
    const nothing = { volumeFlow: Number.NaN, vwapDistance: Number.NaN };
    expect(read({ volumeFlow: 0.6 }, SILENT)?.coverage).toBeCloseTo(0.75, 12);
    expect(read({ ...nothing, relativeVolume: Number.NaN }, SILENT)).toBeUndefined();
  });
});

describe('profilePosition', () => {
  it('is 0 at the control point, 1 at the edges of the value area, and grows outside', () => {
    const uneven = profile(100, 2, 8);
    expect(profilePosition(uneven, 100)).toBeCloseTo(0, 9);
    expect(profilePosition(uneven, uneven.valueAreaHigh)).toBeCloseTo(1, 9);
    expect(profilePosition(uneven, uneven.valueAreaLow)).toBeCloseTo(-1, 9);
    expect(profilePosition(uneven, 110)).toBeGreaterThan(5);
    expect(profilePosition(SILENT, 100)).toBeNaN();
  });
});
