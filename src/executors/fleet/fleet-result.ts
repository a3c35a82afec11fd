import { z } from 'zod';
import { ScannerError, type ScannerErrorCode } from '../../errors.js';
import type { ScanBatch } from '../../scanner/scan-batch.js';
import type { SymbolResult } from '../../scanner/symbol-scanner.js';
import { type PackedResult, unpackResult } from '../remote/packed-result.js';
import { scoredMarketSchema } from './scored-market-schema.js';

/** What a worker returns of a batch: each symbol once, columns as base64. */
export interface FleetResult {
  readonly results: readonly FleetSymbol[];
}

type FleetSymbol =
  | Extract<PackedResult, { error: unknown }>
  | (Omit<Exclude<PackedResult, { error: unknown }>, 'candles'> & {
      readonly candles?: string | undefined;
    });

const CODES = [
  'config',
  'network',
  'rate_limit',
  'timeout',
  'aborted',
  'unknown_symbol',
  'unsupported',
  'bad_data',
  'insufficient_data',
  'ai_scorer',
] as const satisfies readonly ScannerErrorCode[];

const failed = z.strictObject({
  symbol: z.string(),
  error: z.object({
    code: z.enum(CODES),
    message: z.string(),
    retryable: z.boolean(),
    symbol: z.string().optional(),
  }),
});
const scanned = z.strictObject({
  symbol: z.string(),
  scored: scoredMarketSchema,
  candles: z.base64().optional(),
});
const schema = z.strictObject({ results: z.array(z.union([failed, scanned])) });

/** Columns do not go into JSON as they are. */
export function encodeResult(result: PackedResult): FleetSymbol {
  if ('error' in result) return result;
  const { symbol, scored, candles } = result;
  if (candles === undefined) return { symbol, scored };
  return { symbol, scored, candles: Buffer.from(candles).toString('base64') };
}

/**
 * What a worker returned, by its schema.
 *
 * @throws ScannerError `bad_data` unless it is one result for each symbol of the batch.
 */
export function decodeResults(returned: unknown, batch: ScanBatch): readonly SymbolResult[] {
  const parsed = schema.safeParse(returned);
  if (!parsed.success) {
    throw new ScannerError('bad_data', `result: ${z.prettifyError(parsed.error)}`);
  }
  const found = new Map(
    parsed.data.results.flatMap((each) => {
      const result = unpackResult(decode(each as FleetSymbol), batch);
      return result === undefined ? [] : [[result.symbol, result]];
    }),
  );
  if (found.size === batch.candidates.length) return [...found.values()];
  throw new ScannerError(
    'bad_data',
    `result: a batch of ${batch.candidates.length} symbols came back with ${found.size} of them`,
  );
}

function decode(result: FleetSymbol): PackedResult {
  if ('error' in result) return result;
  const { symbol, scored, candles } = result;
  if (candles === undefined) return { symbol, scored };
  return { symbol, scored, candles: Uint8Array.from(Buffer.from(candles, 'base64')).buffer };
}
