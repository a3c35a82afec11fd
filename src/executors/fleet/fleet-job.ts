import { z } from 'zod';
import { ScannerError } from '../../errors.js';
import type { Market } from '../../market/market.js';
import type { Ticker } from '../../market/ticker.js';
import { scannerConfigSchema } from '../../scanner/config-schema.js';
import type { ScanBatch } from '../../scanner/scan-batch.js';
import { maybe } from './maybe.js';

/** What one job of a fleet holds. No key, token or password has a place in it. */
export interface FleetJob {
  /** The name of the scan's source, as `openSource` takes it. */
  readonly source: string;
  /** When the scan gives up, epoch milliseconds by the producer's clock: a job is dropped then. */
  readonly deadline: number;
  readonly batch: ScanBatch;
}

/** The names of a fleet's jobs: a scan, which waits for its batches, and a batch. */
export const SCAN_JOB = 'scan';
export const BATCH_JOB = 'batch';

/** The queue of a fleet that was given no other. */
export const DEFAULT_QUEUE = 'ems-scans';

const amount = z.number();
const market: z.ZodType<Market> = z.object({
  symbol: z.string().min(1),
  base: z.string(),
  quote: z.string(),
  tickSize: amount,
  lotSize: amount,
  minNotional: amount,
  takerFeeBps: amount,
  listedAt: amount.optional(),
});
const ticker: z.ZodType<Ticker> = z.object({
  symbol: z.string().min(1),
  time: amount,
  last: amount,
  bid: maybe(amount),
  ask: maybe(amount),
  quoteVolume24h: maybe(amount),
  change24h: maybe(amount),
});

const fleetJobSchema: z.ZodType<FleetJob> = z.strictObject({
  source: z.string().min(1).max(1_000),
  deadline: amount,
  batch: z.strictObject({
    scanId: z.uuid(),
    index: z.int().min(0),
    startedAt: amount,
    elapsedMs: amount,
    asOf: z.int(),
    config: scannerConfigSchema,
    sourceId: z.string(),
    factorIds: z.array(z.string()).readonly(),
    wantsCandles: z.boolean(),
    candidates: z.array(z.object({ market, ticker })).min(1).readonly(),
  }),
});

/** A job by its schema; both ends of the queue go through here. @throws ScannerError `bad_data` naming what is wrong. */
export function parseFleetJob(data: unknown): FleetJob {
  const parsed = fleetJobSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new ScannerError('bad_data', `job: ${z.prettifyError(parsed.error)}`);
}
