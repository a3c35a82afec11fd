import { describe, expect, test } from 'vitest';
import { parseScannerConfig } from '../../src/scanner/config-schema.js';
import { configFromEnv } from '../../src/scanner/env.js';

describe('configFromEnv', () => {
  test("reads the original system's variables and converts their units", () => {
    const config = configFromEnv({
      BITGET_API_KEY: 'your_api_key',
      BITGET_API_SECRET: 'your_api_secret',
      BITGET_API_PASSWORD: 'your_api_password',
      MCP_SERVER_URL: 'http://localhost:8811',
      MCP_MODELS: 'claude-3-haiku,claude-3-sonnet',
      DOCKER_CONTAINER_COUNT: '5',
      ENHANCED_SCANNER_PORT: '8011',
      SCAN_INTERVAL: '30',
      MAX_POSITIONS: '10',
      MIN_VOLUME: '1000000',
      PATH: '/bin',
    });
    expect(config).toEqual({
      scanIntervalMs: 30_000,
      maxPositions: 10,
      minQuoteVolume24h: 1_000_000,
      concurrency: 5,
    });
    expect(parseScannerConfig(config).concurrency).toBe(5);
  });

  test('gives nothing for an environment without them, and empty counts as absent', () => {
    expect(configFromEnv({})).toEqual({});
    expect(
      configFromEnv({ SCAN_INTERVAL: '', MAX_POSITIONS: '  ', MIN_VOLUME: undefined }),
    ).toEqual({});
  });

  test('makes a shard of a container that knows its index', () => {
    expect(configFromEnv({ DOCKER_CONTAINER_COUNT: '3', SHARD_INDEX: '2' })).toEqual({
      shard: { index: 2, count: 3 },
    });
  });

  test.each([
    [{ SCAN_INTERVAL: 'soon' }, 'SCAN_INTERVAL must be a number of seconds above 0, was "soon"'],
    [{ SCAN_INTERVAL: '0' }, 'SCAN_INTERVAL must be a number of seconds above 0, was "0"'],
    [{ SCAN_INTERVAL: '0x10' }, 'SCAN_INTERVAL must be'],
    [{ MIN_VOLUME: '-1' }, 'MIN_VOLUME must be a number not below 0, was "-1"'],
    [{ MIN_VOLUME: '1e999' }, 'MIN_VOLUME must be'],
    [{ MAX_POSITIONS: '2.5' }, 'MAX_POSITIONS must be a whole number from 1, was "2.5"'],
    [{ DOCKER_CONTAINER_COUNT: '0' }, 'DOCKER_CONTAINER_COUNT must be a whole number from 1'],
    [{ SHARD_INDEX: '1' }, 'SHARD_INDEX needs DOCKER_CONTAINER_COUNT, which was absent'],
    [
      { SHARD_INDEX: '3', DOCKER_CONTAINER_COUNT: '3' },
      'SHARD_INDEX must be below DOCKER_CONTAINER_COUNT (3), was 3',
    ],
    [{ ENHANCED_SCANNER_PORT: '70000' }, 'ENHANCED_SCANNER_PORT must be at most 65535, was 70000'],
    [{ MCP_SERVER_URL: 'ftp://host' }, 'MCP_SERVER_URL must be an http or https URL'],
    [{ MCP_MODELS: 'a,,b' }, 'MCP_MODELS must be names between commas, was "a,,b"'],
  ])('refuses %j by name', (env, message) => {
    expect(() => configFromEnv(env)).toThrow(message);
    expect(() => configFromEnv(env)).toThrow(expect.objectContaining({ code: 'config' }));
  });

  test('repeats no secret, neither in a setting nor in a message', () => {
    const secret = 'canary-4f1d';
    const env = {
      BITGET_API_KEY: secret,
      BITGET_API_SECRET: secret,
      BITGET_API_PASSWORD: secret,
    };
    expect(JSON.stringify(configFromEnv(env))).not.toContain(secret);
    const withUrl = { ...env, MCP_SERVER_URL: `https://user:${secret}@host/` };
    const refusal = (): string => {
      try {
        configFromEnv(withUrl);
      } catch (error) {
        return String(error);
      }
      return 'accepted';
    };
    expect(refusal()).toContain('MCP_SERVER_URL');
    expect(refusal()).not.toContain(secret);
  });
});
