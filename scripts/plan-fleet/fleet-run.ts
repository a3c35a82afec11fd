import { SharedRateBudget } from '../../src/executors/fleet/shared-rate-budget.js';
import { partition } from '../../src/parallel/batches.js';
import { sleep } from '../../src/parallel/deadline.js';
import { LocalRateBudget } from '../../src/parallel/rate-budget.js';
import { randomFrom } from '../../test/scanner/invented-market.js';
import { VirtualExchange } from './virtual-exchange.js';
import { type RedisCosts, VirtualRedis } from './virtual-redis.js';
import { VirtualTime } from './virtual-time.js';
import { type SymbolRequests, VirtualWorker } from './virtual-worker.js';

/** A fleet before one Redis, and what it is asked to do. */
export interface FleetPlan {
  readonly exchangeId: string;
  readonly symbols: number;
  readonly requests: SymbolRequests;
  /** Scans one after the other, from one interval to the next, or from the end of a scan that takes longer. */
  readonly scans: number;
  readonly intervalMs: number;
  readonly addresses: number;
  readonly workers: number;
  /** Batches that a worker takes at once, and symbols it works on at once. */
  readonly batches: number;
  readonly concurrency: number;
  readonly batchSize: number;
  readonly latencyMs: number;
  readonly jitterMs: number;
  /** From a worker to Redis and back, for worker after worker, and again from the first. */
  readonly redisRoundTripsMs: readonly number[];
  readonly redis: RedisCosts;
  /** Whether workers of one address share its budget, or each keeps to the limits by itself. */
  readonly sharesBudget: boolean;
}

/** What became of it. */
export interface FleetRun {
  /** How long each scan took. */
  readonly seconds: readonly number[];
  readonly requests: number;
  readonly refusedShare: number;
  /** How often Redis was asked for a grant, and the share of the time that it worked. */
  readonly grants: number;
  readonly redisBusyShare: number;
}

/** Runs a fleet in virtual time: the library's own budgets, batches and limits, over an invented network. */
export function runFleet(plan: FleetPlan): Promise<FleetRun> {
  const time = new VirtualTime();
  return time.run(scans(plan, time));
}

async function scans(plan: FleetPlan, time: VirtualTime): Promise<FleetRun> {
  const { latencyMs, jitterMs, intervalMs, redis: costs } = plan;
  const exchange = new VirtualExchange(time, latencyMs, jitterMs, randomFrom(1));
  const redis = new VirtualRedis(time, costs);
  const parts = { time, exchange, redis };
  const hands = Array.from({ length: plan.workers }, (_, i) => handsOf(plan, i, parts));
  const seconds: number[] = [];
  for (let scan = 0; scan < plan.scans; scan++) {
    const begun = time.elapsed();
    await scanOnce(plan, hands);
    const tookMs = time.elapsed() - begun;
    seconds.push(tookMs / 1_000);
    if (scan + 1 < plan.scans) await sleep(Math.max(0, intervalMs - tookMs), time);
  }
  return {
    seconds,
    requests: exchange.requests,
    refusedShare: exchange.refused / exchange.requests,
    grants: redis.grants,
    redisBusyShare: redis.busyMs / time.elapsed(),
  };
}

interface Parts {
  readonly time: VirtualTime;
  readonly exchange: VirtualExchange;
  readonly redis: VirtualRedis;
}

/** What takes a batch from the queue, and works through it. */
type Hand = (batch: readonly number[]) => Promise<void>;

/** The hands of one worker. */
function handsOf(plan: FleetPlan, index: number, { time, exchange, redis }: Parts): Hand[] {
  const { exchangeId, requests, concurrency, redisRoundTripsMs } = plan;
  const address = `address-${index % plan.addresses}`;
  const roundTripMs = redisRoundTripsMs[index % redisRoundTripsMs.length];
  const budget = plan.sharesBudget
    ? new SharedRateBudget({ ledger: redis.ledger(address, roundTripMs), timers: time })
    : new LocalRateBudget(time);
  const tools = { timers: time, exchange, exchangeId, address, budget };
  const worker = new VirtualWorker({ ...tools, requests, concurrency });
  const take: Hand = async (batch) => {
    await redis.handOut(roundTripMs);
    await worker.scan(batch);
  };
  return Array.from({ length: plan.batches }, () => take);
}

/** Has the workers take batches until there are none. */
async function scanOnce(
  { symbols, batchSize, batches }: FleetPlan,
  workers: readonly (readonly Hand[])[],
): Promise<void> {
  const names = Array.from({ length: symbols }, (_, i) => i);
  const queue = partition(names, Math.ceil(symbols / batchSize));
  const work = async (take: Hand): Promise<void> => {
    for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) await take(batch);
  };
  // Workers come to the queue in turn, each with one hand before any has its second.
  const inTurn = Array.from({ length: batches }, (_, i) => workers.map((hands) => hands[i])).flat();
  await Promise.all(inTurn.map(work));
}
