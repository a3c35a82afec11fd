import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ScannerError } from '../../../src/errors.js';
import type { AiScorer } from '../../../src/ports/ai-scorer.js';
import type { DataProvider } from '../../../src/ports/data-provider.js';
import { passThrough } from '../../../src/providers/pass-through.js';
import { type Capsule, parseCapsule } from '../../../src/providers/recorded/capsule.js';
import { recordedProvider } from '../../../src/providers/recorded.js';
import { replayProvider } from '../../../src/providers/replay.js';
import type { ScannerConfigInput } from '../../../src/scanner/config.js';
import { EnhancedMarketScanner } from '../../../src/scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../../../src/scanner/scan-report.js';
import { chaoticProvider, FAULTS, type Fault } from '../../../src/testing/chaotic-provider.js';
import { checkDataProvider } from '../../../src/testing/check-data-provider.js';
import { VirtualTimers } from '../../parallel/virtual-timers.js';
import { END, inventMarket, provide, SETTINGS } from '../../scanner/invented-market.js';

const CANARY = 'c4n4ry-s3cret/with+odd="chars"';
const SECRET_TEXTS = [
  CANARY,
  `https://user:${CANARY}@x.test/`,
  `https://x.test/?apiKey=${encodeURIComponent(CANARY)}&signature=abcdef`,
];
const TRACES = [
  CANARY,
  JSON.stringify(CANARY).slice(1, -1),
  encodeURIComponent(CANARY),
  'signature=abcdef',
];
const SYMBOLS = ['A/USDT', 'B/USDT', 'C/USDT'];
const source = provide(SYMBOLS.map((symbol, i) => inventMarket(symbol, 20 + i)));

/** What an AI scorer may do, the way it does it. */
const SCORERS: readonly (readonly [string, AiScorer['review']])[] = [
  [
    'has several opinions of each',
    async (signals) =>
      new Map(
        signals.map(({ symbol }, i) => [
          symbol,
          {
            ...{ rationale: `number ${i}`, sizeFactor: 0.75 },
            answers: [
              { capability: 'sentiment', support: 0.1 * (i + 1), confidence: 1 / 3 },
              { capability: 'risk', support: -0.7, confidence: 0.9, ageMs: 12_345 },
            ],
          },
        ]),
      ),
  ],
  ['knows nothing', async () => new Map()],
  ['gives what is no map', async () => ['BTC', Number.NaN] as never],
  [
    'fails, with a secret in its message',
    async () => {
      throw new Error(`refused: https://x.test/?token=${CANARY}`);
    },
  ],
  ['never answers', () => new Promise(() => {})],
];

/** One scan of a provider, recorded while a minute of virtual time passes. */
async function record(
  provider: DataProvider,
  config: ScannerConfigInput = SETTINGS,
  scorer?: AiScorer,
): Promise<{ report: ScanReport; capsule: Capsule }> {
  const recorder = recordedProvider(provider, { clock: () => END, secrets: [CANARY] });
  const timers = new VirtualTimers();
  const scanner = new EnhancedMarketScanner({
    provider: recorder,
    clock: recorder.clock,
    timers,
    config,
    aiScorer: scorer && recorder.recordScorer(scorer),
  });
  const scanned = scanner.scan();
  await timers.advance(60_000);
  const report = await scanned;
  const { durationMs } = report;
  const capsule = recorder.capsule({
    config: scanner.config,
    versions: { node: '20' },
    durationMs,
  });
  return { report, capsule };
}

async function replay(capsule: Capsule): Promise<ScanReport> {
  const provider = replayProvider(parseCapsule(JSON.stringify(capsule)));
  const { clock, timers, aiScorer } = provider;
  const config = capsule.config as ScannerConfigInput;
  const scanner = new EnhancedMarketScanner({ provider, clock, timers, aiScorer, config });
  return { ...(await scanner.scan()), durationMs: capsule.durationMs };
}

describe('a recorded scan', () => {
  test('is recorded by a provider that keeps the contract', async () => {
    expect((await checkDataProvider(recordedProvider(source))).failures).toEqual([]);
  });

  test('keeps no secret, short or in a cause, and keeps its numbers', async () => {
    const failing = {
      ...source,
      fetchMarkets: async () => {
        throw new Error('refused', { cause: new Error('passphrase=p#4z"') });
      },
      fetchTickers: async () => [{ symbol: 'p#4z"', last: 1234 }] as never,
    };
    const recorder = recordedProvider(failing, { secrets: ['p#4z"', '1234'] });
    const error = await recorder.fetchMarkets().catch((failure: unknown) => failure);
    expect(inspect(error, { depth: 5 })).not.toContain('p#4z');
    await recorder.fetchTickers([]);
    const text = JSON.stringify(recorder.capsule({ config: {}, versions: {}, durationMs: 1 }));
    expect(text).not.toContain('p#4z');
    expect(text).toContain('{"symbol":"[redacted]","last":1234}');
  });

  test('gives the same report again, byte for byte', async () => {
    const { report, capsule } = await record(source);
    expect(report.signals.length).toBeGreaterThan(0);
    expect(JSON.stringify(await replay(capsule)) === JSON.stringify(report)).toBe(true);
  });

  test.each(FAULTS)('with "%s" at one symbol gives the same report again', async (fault) => {
    const symbols: Record<string, Fault> = { 'B/USDT': fault };
    const { report, capsule } = await record(chaoticProvider(source, { share: 0, symbols }));
    expect(JSON.stringify(await replay(capsule)) === JSON.stringify(report)).toBe(true);
  });

  test('that failed as a whole fails again in the same words', async () => {
    const fetchMarkets = async (): Promise<never> => {
      throw new ScannerError('network', 'connection refused');
    };
    const { report, capsule } = await record({ ...passThrough(source), fetchMarkets });
    expect(report.error?.message).toBe('connection refused');
    expect(JSON.stringify(await replay(capsule))).toBe(JSON.stringify(report));
  });

  test.each(
    SECRET_TEXTS.flatMap((text) => [
      [new Error(text), 'fetchOrderBook'] as const,
      [new ScannerError('network', text), 'fetchOrderBook'] as const,
      [new Error(text), 'fetchTickers'] as const,
      [new ScannerError('network', text), 'fetchTickers'] as const,
    ]),
  )('carries no secret of "%s" at %s', async (error, method) => {
    const leak = async (): Promise<never> => {
      throw error;
    };
    const { report, capsule } = await record({ ...passThrough(source), [method]: leak });
    const written = JSON.stringify([capsule, report]);
    for (const trace of TRACES) expect(written.includes(trace)).toBe(false);
    expect(JSON.stringify(await replay(capsule)) === JSON.stringify(report)).toBe(true);
  });

  test.each(SCORERS)(
    'with an AI scorer that %s gives the same report without it',
    async (_, review) => {
      const asked: string[] = [];
      const scorer: AiScorer = {
        id: 'analyst',
        mode: 'bounded',
        review: (signals, options) => {
          asked.push(...signals.map(({ symbol }) => symbol));
          return review(signals, options);
        },
      };
      const { report, capsule } = await record(source, SETTINGS, scorer);
      const before = asked.length;
      expect(before).toBeGreaterThan(0);
      expect(JSON.stringify(await replay(capsule)) === JSON.stringify(report)).toBe(true);
      expect(asked).toHaveLength(before);
      const written = JSON.stringify([capsule, report]);
      for (const trace of TRACES) expect(written.includes(trace)).toBe(false);
    },
  );

  test('whose AI scorer moved a score says so again', async () => {
    const review: AiScorer['review'] = async (signals) =>
      new Map(
        signals.map(({ symbol }) => [symbol, { adjustment: -1, confidence: 1, rationale: 'late' }]),
      );
    const { report, capsule } = await record(source, SETTINGS, { id: 'analyst', review });
    expect(report.ai).toBe('applied');
    expect((await record(source)).report.signals).not.toEqual(report.signals);
    expect((await replay(capsule)).signals).toEqual(report.signals);
  });

  test('says which settings it was made with', async () => {
    const { capsule } = await record(source);
    const hash = createHash('sha256').update(JSON.stringify(capsule.config)).digest('hex');
    expect(capsule.configHash).toBe(hash);
  });

  test('has no answer to what was not asked', async () => {
    const { capsule } = await record(source);
    const asked = replayProvider(capsule).fetchCandles('Z/USDT', '1m', 1, { asOf: END });
    await expect(asked).rejects.toMatchObject({ code: 'unsupported' });
  });

  test.each(['', '{}', 'null', '{"format":2,"calls":[]}'])('is not read from %j', (text) => {
    expect(() => parseCapsule(text)).toThrow(/a capsule must be/);
  });
});
