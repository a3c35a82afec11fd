import { LocalRateBudget } from '../../parallel/rate-budget.js';
import { systemTimers } from '../../parallel/system-timers.js';
import type { RateBudget } from '../../ports/rate-budget.js';
import { loadFleetPackages, requireRedisUrl } from './fleet-packages.js';
import { RedisLedger } from './redis-ledger.js';
import { SharedRateBudget } from './shared-rate-budget.js';

/** How a budget is shared. */
export interface FleetRateBudgetOptions {
  /** `redis://` or, with TLS, `rediss://`; user and password stand in it. */
  readonly redis: string;
  /** Names the address that requests leave by. All who leave by one, and they alone, give one name. @defaultValue 'shared' */
  readonly address?: string | undefined;
  /**
   * What to do while Redis is away: `wait` for it, so that nobody ever asks too much, or `spend` as if alone behind the address,
   * as a scanner does that goes on without its fleet.
   * @defaultValue 'wait'
   */
  readonly whenAway?: 'wait' | 'spend' | undefined;
}

/** A budget that all processes behind one address share. */
export interface FleetRateBudget extends RateBudget, AsyncDisposable {
  /** Lets go of Redis. */
  close(): Promise<void>;
}

/**
 * Opens a budget that is kept in Redis: however many processes draw on it, together they stay within the limits of one address.
 * Limits are spent as by a process alone, at the same pace. Who waits in one process goes by urgency, processes go in turn.
 *
 * @throws ScannerError `config` when bullmq or ioredis is not installed, or the URL is none.
 *
 * @example
 * ```ts
 * import { fleetRateBudget, startFleetWorker } from 'enhanced-market-scanner/parallel/fleet';
 * import { ccxtProviderByName } from 'enhanced-market-scanner/providers/ccxt';
 *
 * const redis = 'redis://localhost:6379';
 * const budget = await fleetRateBudget({ redis, address: '203.0.113.7' });
 * const worker = await startFleetWorker({ redis, open: () => ccxtProviderByName('bitget', { budget }) });
 * ```
 */
export async function fleetRateBudget(options: FleetRateBudgetOptions): Promise<FleetRateBudget> {
  const { address = 'shared', whenAway = 'wait' } = options;
  const url = requireRedisUrl(options.redis);
  const { connect } = await loadFleetPackages();
  const connection = connect(url, { whenAway: 'fail' });
  const budget = new SharedRateBudget({
    ledger: new RedisLedger(connection, address),
    timers: systemTimers,
    alone: whenAway === 'spend' ? new LocalRateBudget() : undefined,
  });
  const close = async (): Promise<void> => connection.close();
  return {
    take: (charges, taking) => budget.take(charges, taking),
    freeze: (limitName, ms) => budget.freeze(limitName, ms),
    frozenFor: (limitName) => budget.frozenFor(limitName),
    close,
    [Symbol.asyncDispose]: close,
  };
}
