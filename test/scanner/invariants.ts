import { expect } from 'vitest';
import type { ScanReport } from '../../src/scanner/scan-report.js';

/** A report as bytes, without its timings. */
export function timeless(report: ScanReport): string {
  return JSON.stringify({ ...report, startedAt: 0, durationMs: 0 });
}

/** What holds after every scan, whatever happened during it. */
export function expectSound(report: ScanReport, asked: readonly string[]): void {
  const { signals, rejections, failures, funnel } = report;
  const places = [signals, rejections, failures].flat().map(({ symbol }) => symbol);
  expect(places.toSorted()).toEqual([...new Set(asked)].toSorted());
  expect(report.complete).toBe(true);
  expect(brokenNumbers(report)).toEqual([]);
  expect(signals).toEqual(
    signals.toSorted((a, b) => b.score - a.score || (a.symbol < b.symbol ? -1 : 1)),
  );
  for (const { ledger, score, bias, contributions } of signals) {
    expect(ledger.reduce((sum, { microPoints }) => sum + microPoints, 0)).toBe(score * 1e6);
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThanOrEqual(1);
    expect(contributions.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(
      bias,
    );
  }
  const counts = funnel.map(({ remaining }) => remaining);
  expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  if (funnel.length > 0) expect(counts.at(-1)).toBe(signals.length);
}

/** The paths of all numbers in a value that JSON cannot carry. */
function brokenNumbers(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path];
  if (value instanceof Map || value instanceof Set) return [`${path} is no plain data`];
  if (typeof value !== 'object' || value === null || value instanceof Error) return [];
  return Object.entries(value).flatMap(([key, inner]) => brokenNumbers(inner, `${path}.${key}`));
}
