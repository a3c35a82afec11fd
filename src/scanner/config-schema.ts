import { z } from 'zod';
import { quote, ScannerError } from '../errors.js';
import { TIMEFRAMES, type Timeframe, timeframeMs } from '../market/timeframe.js';
import { DEFAULT_SCORING_SETTINGS as scoring } from '../scoring/settings.js';
import type { ScannerConfig, ScannerConfigInput } from './config.js';
import { nearestName } from './nearest-name.js';

/** The longest delay that timers of JavaScript keep; a longer one would fire at once. */
const LONGEST_DELAY_MS = 2_147_483_647;

/**
 * Proves a {@link ScannerConfigInput} at run time and fills in the defaults. Unknown keys are refused: a misspelt setting
 * that is silently ignored costs money.
 */
export const scannerConfigSchema: z.ZodType<ScannerConfig, ScannerConfigInput> = z.lazy(() =>
  fields()
    .transform((config) => ({
      ...config,
      quotes: config.quotes,
      include: config.include,
      topByVolume: config.topByVolume,
      equity: config.equity,
      planTimeframe: config.planTimeframe ?? defaultPlanTimeframe(config.timeframes),
    }))
    .refine(({ planTimeframe, timeframes }) => timeframes.includes(planTimeframe), {
      path: ['planTimeframe'],
      error: 'must be one of timeframes',
    }),
);

// Called when the schema is first used: making it takes a fifth of the time in which the package is loaded.
function fields() {
  const fraction = z.number().min(0).max(1);
  const positive = z.number().gt(0);
  const count = z.int().min(1);
  const delayMs = z.number().min(1).max(LONGEST_DELAY_MS);
  const names = z.array(z.string().min(1)).readonly();

  const timeframes = z
    .array(z.enum(TIMEFRAMES))
    .min(1)
    .refine((given) => new Set(given).size === given.length, 'must name each timeframe once')
    .transform((given) => given.toSorted((a, b) => timeframeMs(a) - timeframeMs(b)))
    .readonly();

  const shard = z
    .strictObject({ index: z.int().min(0), count: count })
    .refine(({ index, count }) => index < count, 'must have an index below its count')
    .readonly();

  return z.strictObject({
    timeframes: timeframes.default(['1m', '5m', '15m', '1h', '4h']),
    // More than a few thousand candles tell the indicators nothing, and exchanges do not serve them.
    candleLimit: z.int().min(50).max(5_000).default(300),
    orderBookDepth: count.max(1_000).default(50),
    tradeLimit: count.max(1_000).default(200),

    quotes: names.optional(),
    include: names.optional(),
    exclude: names.default([]),
    minAgeMs: z.number().min(0).default(0),
    topByVolume: count.optional(),
    minQuoteVolume24h: z.number().min(0).default(1_000_000),
    minChange24h: z.number().min(0).default(0.005),
    maxSpreadBps: z.number().min(0).default(50),
    shard: shard.default({ index: 0, count: 1 }),

    evidence: z.enum(['all', 'contenders']).default('all'),
    concurrency: count.max(1_000).default(5),
    scanIntervalMs: delayMs.default(30_000),
    symbolTimeoutMs: delayMs.default(10_000),
    deadlineMs: delayMs.default(60_000),

    planTimeframe: z.enum(TIMEFRAMES).optional(),
    minScore: fraction.default(scoring.minScore),
    minConfidence: fraction.default(scoring.minConfidence),
    stopAtrMultiple: positive.default(scoring.stopAtrMultiple),
    targetRewardToRisk: positive.default(scoring.targetRewardToRisk),
    horizonMs: positive.default(scoring.horizonMs),
    trustDirection: z.boolean().default(scoring.trustDirection),
    minRewardToRisk: z.number().min(0).default(scoring.minRewardToRisk),
    maxPositions: count.default(scoring.maxPositions),
    riskPerTrade: positive.max(1).default(scoring.riskPerTrade),
    maxTotalRisk: positive.max(1).default(scoring.maxTotalRisk),
    maxPositionNotional: positive.default(scoring.maxPositionNotional),
    maxGrossNotional: positive.default(scoring.maxGrossNotional),
    equity: positive.optional(),

    maxAiAdjustment: fraction.default(0.1),
    aiTimeoutMs: delayMs.default(10_000),
  });
}

function defaultPlanTimeframe(timeframes: readonly Timeframe[]): Timeframe {
  return timeframes.includes('1h') ? '1h' : timeframes[Math.floor((timeframes.length - 1) / 2)];
}

/**
 * Settings after defaults.
 *
 * @throws ScannerError `config` naming each setting that is wrong, what it must be and what it was; an unknown setting is
 * answered with the nearest known one.
 */
export function parseScannerConfig(input: unknown): ScannerConfig {
  const result = scannerConfigSchema.safeParse(input ?? {});
  if (result.success) return result.data;
  const complaints = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map(unknownKey) : [wrongValue(issue, input)],
  );
  throw new ScannerError('config', complaints.join('; '), { cause: result.error });
}

function unknownKey(key: string): string {
  return `unknown setting ${quote(key)}; the nearest known one is ${nearestName(key, Object.keys(fields().shape))}`;
}

function wrongValue(issue: z.core.$ZodIssue, input: unknown): string {
  const setting = issue.path.join('.') || 'settings';
  const found = issue.path.reduce(
    (value: unknown, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    input,
  );
  // A list or a record says nothing as text; the rule that it broke names it already.
  const was = typeof found === 'object' && found !== null ? '' : `, was ${quote(found)}`;
  return `${setting}: ${issue.message}${was}`;
}
