import type { RateBudget } from '../ports/rate-budget.js';
import type { ScanExecutor } from '../scanner/scan-batch.js';
import type { ScanFlags } from './flags.js';

/** The workers behind a Redis, and the budget that is shared with them. */
export interface Fleet {
  /** Its closing ends the budget too. */
  readonly executor: ScanExecutor;
  readonly budget: RateBudget;
}

/** Joins a fleet as the one that gives it work. What it takes is loaded only now: its packages are optional. */
export async function openFleet(
  redis: string,
  { source, address }: Pick<ScanFlags, 'source' | 'address'>,
): Promise<Fleet> {
  const { fleetExecutor } = await import('../executors/fleet/fleet-executor.js');
  const { fleetRateBudget } = await import('../executors/fleet/fleet-rate-budget.js');
  const executor = await fleetExecutor({ redis, source });
  // Without Redis this process scans alone, and spends so.
  const budget = await fleetRateBudget({ redis, address, whenAway: 'spend' });
  const close = async (): Promise<void> => {
    await executor.close?.();
    await budget.close();
  };
  return { executor: { ...executor, close }, budget };
}
