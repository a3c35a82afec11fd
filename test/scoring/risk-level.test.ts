import { describe, expect, it } from 'vitest';
import { riskLevel } from '../../src/scoring/risk-level.js';

const CALM = { annualVolatility: 0.4, spreadBps: 2, stopDistance: 0.01 };

describe('riskLevel', () => {
  it('is the worst of volatility, spread and distance to the stop', () => {
    expect(riskLevel(CALM)).toBe('low');
    expect(riskLevel({ ...CALM, annualVolatility: 0.8 })).toBe('medium');
    expect(riskLevel({ ...CALM, spreadBps: 50 })).toBe('high');
    expect(riskLevel({ ...CALM, stopDistance: 0.2 })).toBe('extreme');
    expect(riskLevel({ annualVolatility: 3, spreadBps: 50, stopDistance: 0.02 })).toBe('extreme');
  });

  it('counts a limit as still within its level', () => {
    expect(riskLevel({ annualVolatility: 0.5, spreadBps: 10, stopDistance: 0.015 })).toBe('low');
    expect(riskLevel({ annualVolatility: 2, spreadBps: 100, stopDistance: 0.08 })).toBe('high');
  });

  it('never calls the unknown low', () => {
    expect(riskLevel({ ...CALM, spreadBps: undefined })).toBe('medium');
    expect(riskLevel({ ...CALM, annualVolatility: Number.NaN })).toBe('medium');
    expect(riskLevel({ ...CALM, stopDistance: Number.NaN, spreadBps: 500 })).toBe('extreme');
  });
});
