import { timeToSpend } from '../../src/parallel/rate-pace.js';
import { factsOf } from '../../src/providers/ccxt/exchange-facts.js';
import { type FleetPlan, type FleetRun, runFleet } from './fleet-run.js';
import type { RedisCosts } from './virtual-redis.js';
import type { SymbolRequests } from './virtual-worker.js';

/** What Redis was measured to take, by `npm run measure:fleet-redis`. */
export interface MeasuredRedis {
  readonly grantMs: number;
  readonly batchMs: number;
  readonly batchBytes: number;
  readonly workerConnections: number;
  readonly workerMsPerSecond: number;
}

/** A scan that was measured, by `npm run prove:fleet-speed-up`. */
export interface MeasuredScan {
  readonly name: string;
  readonly seconds: number;
  readonly refusedShare: number;
}

/** What plans are made from. */
export interface Measured {
  readonly redis: MeasuredRedis;
  readonly scans: readonly MeasuredScan[];
}

/** One table of the page: rows of cells, the first of them the head. */
export interface PlanTable {
  readonly id: TableId;
  readonly rows: Rows;
}

type Rows = readonly (readonly string[])[];

/** A symbol that a worker has not seen takes a request for each timeframe, one it has seen only the newest minutes. */
const WHOLE: SymbolRequests = { cold: 5, warm: 1, evidence: true };
const CANDLES: SymbolRequests = { cold: 5, warm: 1, evidence: false };
const KEPT_SECONDS = 300;

const TABLES = { trust, addresses, warmth, sharing, distance, regions, size } as const;

/** A table's name. */
export type TableId = keyof typeof TABLES;

/** The tables of the page, or some of them. The same from run to run, but for what was measured. */
export async function planTables(
  measured: Measured,
  ids: readonly TableId[] = Object.keys(TABLES) as TableId[],
): Promise<readonly PlanTable[]> {
  const base = basePlan(measured.redis);
  return each(ids, async (id) => ({ id, rows: await TABLES[id](base, measured) }));
}

function basePlan(redis: RedisCosts): FleetPlan {
  return {
    exchangeId: 'bitget',
    symbols: 600,
    requests: WHOLE,
    scans: 1,
    intervalMs: 30_000,
    addresses: 1,
    workers: 1,
    batches: 2,
    concurrency: 5,
    batchSize: 10,
    latencyMs: 80,
    jitterMs: 40,
    redisRoundTripsMs: [1],
    redis,
    sharesBudget: true,
  };
}

/** The simulation beside what real workers, a real Redis and the stand-in took. */
async function trust(base: FleetPlan, { scans }: Measured): Promise<Rows> {
  const fleets = [
    { name: '1 worker', workers: 1, addresses: 1 },
    { name: '5 workers, 5 addresses', workers: 5, addresses: 5 },
    { name: '5 workers, 1 address', workers: 5, addresses: 1 },
  ];
  const rows = await each(fleets, async ({ name, ...fleet }) => {
    const measured = scans.find((scan) => scan.name === name);
    const run = await runFleet({ ...base, requests: CANDLES, ...fleet });
    const arithmetic = secondsFor(base.symbols, fleet.addresses, CANDLES.cold, false);
    return [name, seconds(arithmetic), seconds(run.seconds[0]), seconds(measured?.seconds)];
  });
  return [['fleet', 'arithmetic, s', 'simulated, s', 'measured, s'], ...rows];
}

/** How many addresses a universe needs. */
async function addresses(base: FleetPlan): Promise<Rows> {
  const universes = [
    [30, 1],
    [100, 1],
    [600, 1],
    [600, 5],
    [600, 10],
    [3_000, 20],
    [3_000, 50],
  ] as const;
  const rows = await each(universes, async ([symbols, count]) => {
    const fleet = { symbols, addresses: count, workers: count };
    const first = await runFleet({ ...base, ...fleet });
    const later = await runFleet({ ...base, ...fleet, requests: { ...WHOLE, cold: 1 } });
    return [
      whole(symbols),
      whole(count),
      seconds(secondsFor(symbols, count, WHOLE.cold, true)),
      seconds(first.seconds[0]),
      seconds(secondsFor(symbols, count, WHOLE.warm, true)),
      seconds(later.seconds[0]),
    ];
  });
  const head = ['symbols', 'addresses', 'first scan, s', 'simulated', 'later scan, s', 'simulated'];
  return [head, ...rows];
}

/** How scans become short while workers come to know the symbols. */
async function warmth(base: FleetPlan): Promise<Rows> {
  const fleets = [
    [1, 1],
    [5, 5],
    [10, 5],
    [20, 5],
  ] as const;
  const shown = [1, 2, 5, 10, 20, 40];
  const rows = await each(fleets, async ([workers, count]) => {
    const scans = shown[shown.length - 1];
    const run = await runFleet({ ...base, workers, addresses: count, scans, intervalMs: 60_000 });
    return [whole(workers), whole(count), ...shown.map((scan) => seconds(run.seconds[scan - 1]))];
  });
  return [['workers', 'addresses', ...shown.map((scan) => `scan ${scan}, s`)], ...rows];
}

/** What several workers behind one address do with and without a budget that they share. */
async function sharing(base: FleetPlan): Promise<Rows> {
  const rows = await each([1, 2, 5, 10], async (workers) => {
    const scan = { ...base, workers, requests: CANDLES };
    const shared = await runFleet(scan);
    const own = await runFleet({ ...scan, sharesBudget: false });
    return [whole(workers), ...outcome(shared), ...outcome(own)];
  });
  const head = ['workers', 'one budget, s', 'refused', 'a budget each, s', 'refused'];
  return [head, ...rows];
}

/** What the way to Redis costs. */
async function distance(base: FleetPlan): Promise<Rows> {
  const perAddress = [1, 2, 4];
  const rows = await each([1, 20, 50, 100, 200], async (ms) => {
    const runs = await each(perAddress, (workers) =>
      runFleet({ ...base, workers, requests: CANDLES, redisRoundTripsMs: [ms] }),
    );
    return [`${ms} ms`, ...runs.map((run) => seconds(run.seconds[0]))];
  });
  const head = perAddress.map((workers) => `${workers} behind an address, s`);
  return [['to Redis and back', ...head], ...rows];
}

/** Three regions of twenty workers, each with an address of its own. */
async function regions(base: FleetPlan): Promise<Rows> {
  const three = { ...base, symbols: 3_000, workers: 60, addresses: 60, requests: CANDLES };
  const far = await runFleet({ ...three, redisRoundTripsMs: [1, 90, 200] });
  const near = await runFleet({ ...three, symbols: 1_000, workers: 20, addresses: 20 });
  const two = await runFleet({ ...three, symbols: 1_500, workers: 20, addresses: 20 });
  return [
    ['regions', 'scan, s', 'refused'],
    ['three, one Redis, 1, 90 and 200 ms away', ...outcome(far)],
    ['three, a Redis and a third of the symbols each', ...outcome(near)],
    ['two of them, each with half of the symbols', ...outcome(two)],
  ];
}

/** What hundreds of workers ask of one Redis. */
async function size(base: FleetPlan, { redis }: Measured): Promise<Rows> {
  const fleets = [
    [20, 20],
    [100, 100],
    [200, 100],
    [400, 200],
  ] as const;
  const rows = await each(fleets, async ([workers, count]) => {
    const symbols = 30 * count;
    const plan = { ...base, symbols, workers, addresses: count };
    const run = await runFleet(plan);
    const [tookS] = run.seconds;
    const batches = Math.ceil(symbols / plan.batchSize);
    const idleShare = (workers * redis.workerMsPerSecond) / 1_000;
    const kept = batches * (KEPT_SECONDS / Math.max(tookS, plan.intervalMs / 1_000));
    return [
      whole(workers),
      whole(count),
      whole(symbols),
      seconds(tookS),
      percent(run.refusedShare),
      whole(run.grants / tookS),
      percent(run.redisBusyShare + idleShare),
      whole(workers * Math.ceil(redis.workerConnections)),
      `${whole((kept * redis.batchBytes) / 2 ** 20)} MB`,
    ];
  });
  const head = ['workers', 'addresses', 'symbols', 'first scan, s', 'refused'];
  const load = ['grants a second', 'Redis busy', 'connections', 'memory'];
  return [[...head, ...load], ...rows];
}

/** By arithmetic: the time in which the scarcest limit of the addresses can be spent on so many symbols. */
function secondsFor(symbols: number, count: number, candles: number, evidence: boolean): number {
  const { charges } = factsOf('bitget', 50, 'bitget');
  const spent = new Map<string, number>();
  const asked = { candles, orderBook: evidence ? 1 : 0, trades: evidence ? 1 : 0 } as const;
  const times = (['candles', 'orderBook', 'trades'] as const).flatMap((endpoint) =>
    charges({ endpoint, rows: 300 }).map(({ limit, weight }) => {
      const all = (spent.get(limit.name) ?? 0) + (symbols * asked[endpoint] * weight) / count;
      spent.set(limit.name, all);
      return timeToSpend(limit, all);
    }),
  );
  return Math.max(...times) / 1_000;
}

function outcome({ seconds: took, refusedShare }: FleetRun): readonly string[] {
  return [seconds(took[0]), percent(refusedShare)];
}

async function each<T, R>(items: readonly T[], make: (item: T) => Promise<R>): Promise<R[]> {
  const made: R[] = [];
  for (const item of items) made.push(await make(item));
  return made;
}

function seconds(value: number | undefined): string {
  if (value === undefined) return '-';
  return value < 100 ? value.toFixed(1) : value.toFixed(0);
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
