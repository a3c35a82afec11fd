import { describe, expect, test } from 'vitest';
import { parseScannerConfig, scannerConfigSchema } from '../../src/scanner/config-schema.js';
import { DEFAULT_SCORING_SETTINGS } from '../../src/scoring/settings.js';

describe('scannerConfigSchema', () => {
  test('fills in every default', () => {
    expect(parseScannerConfig({})).toEqual({
      ...DEFAULT_SCORING_SETTINGS,
      timeframes: ['1m', '5m', '15m', '1h', '4h'],
      candleLimit: 300,
      orderBookDepth: 50,
      tradeLimit: 200,
      quotes: undefined,
      include: undefined,
      exclude: [],
      minAgeMs: 0,
      topByVolume: undefined,
      minQuoteVolume24h: 1_000_000,
      minChange24h: 0.005,
      maxSpreadBps: 50,
      shard: { index: 0, count: 1 },
      evidence: 'all',
      concurrency: 5,
      scanIntervalMs: 30_000,
      symbolTimeoutMs: 10_000,
      deadlineMs: 60_000,
      maxAiAdjustment: 0.1,
      aiTimeoutMs: 10_000,
    });
  });

  test('its result is its own valid input', () => {
    const config = parseScannerConfig({
      timeframes: ['4h', '5m'],
      equity: 1_000,
      quotes: ['USDT'],
    });
    expect(parseScannerConfig(config)).toEqual(config);
    expect(scannerConfigSchema.safeParse(config).success).toBe(true);
  });

  test('takes an undefined field as an absent one', () => {
    expect(parseScannerConfig({ minScore: undefined, shard: undefined })).toEqual(
      parseScannerConfig(undefined),
    );
  });

  test('plans on 1h where it is scanned, and on the middle timeframe elsewhere', () => {
    expect(parseScannerConfig({ timeframes: ['1h', '1m', '1d'] }).planTimeframe).toBe('1h');
    expect(parseScannerConfig({ timeframes: ['15m', '1m', '5m'] }).planTimeframe).toBe('5m');
    expect(parseScannerConfig({ timeframes: ['4h', '5m'] }).planTimeframe).toBe('5m');
  });

  test('sorts timeframes, shortest first', () => {
    expect(parseScannerConfig({ timeframes: ['4h', '1m', '1w'] }).timeframes).toEqual([
      '1m',
      '4h',
      '1w',
    ]);
  });

  test.each([
    [{ maxSpread: 5 }, 'unknown setting "maxSpread"; the nearest known one is maxSpreadBps'],
    [{ concurency: 3 }, 'unknown setting "concurency"; the nearest known one is concurrency'],
    [JSON.parse('{"__proto__": 1}'), 'unknown setting "__proto__"'],
    [{ minScore: 2 }, /^minScore: .*<=1, was 2$/],
    [{ minScore: Number.NaN }, /^minScore: .*was NaN$/],
    [{ equity: 'all' }, /^equity: .*number.*, was "all"$/],
    [{ candleLimit: 300.5 }, /^candleLimit: .*int.*was 300.5$/],
    [{ timeframes: ['1h', '7m'] }, /^timeframes\.1: .*"1h".*was "7m"$/],
    [{ timeframes: [] }, /^timeframes: .*>=1/],
    [{ timeframes: ['1h', '1h'] }, 'timeframes: must name each timeframe once'],
    [
      { timeframes: ['1h'], planTimeframe: '4h' },
      'planTimeframe: must be one of timeframes, was "4h"',
    ],
    [{ shard: { index: 2, count: 2 } }, 'shard: must have an index below its count'],
    [{ deadlineMs: 3e9 }, /^deadlineMs: .*<=2147483647, was 3000000000$/],
    [17, /^settings: .*object.*was 17$/],
  ])('refuses %j and says what was expected and found', (input, message) => {
    expect(() => parseScannerConfig(input)).toThrow(message);
    expect(() => parseScannerConfig(input)).toThrow(expect.objectContaining({ code: 'config' }));
  });

  test('names every mistake at once', () => {
    expect(() => parseScannerConfig({ maxPositions: 0, riskPerTrade: 3, typo: 1 })).toThrow(
      /maxPositions: .*; riskPerTrade: .*; unknown setting "typo"/,
    );
  });
});
