import { fleetExecutor } from '../../../src/executors/fleet/fleet-executor.js';
import type { FleetExecutorOptions } from '../../../src/executors/fleet/fleet-options.js';
import { syntheticProvider } from '../../../src/providers/synthetic.js';
import type { ScannerConfigInput } from '../../../src/scanner/config.js';
import { EnhancedMarketScanner } from '../../../src/scanner/enhanced-market-scanner.js';
import type { ScanExecutor } from '../../../src/scanner/scan-batch.js';
import type { ScanReport } from '../../../src/scanner/scan-report.js';
import type { ScannerOptions } from '../../../src/scanner/scanner-options.js';

export const SOURCE = 'synthetic:3';
export const CONFIG: ScannerConfigInput = { timeframes: ['15m', '1h'], candleLimit: 100 };

/** A scanner whose symbols are scanned in a fleet; in this process without one. */
export async function scannerOver(
  redis: string | undefined,
  options: Partial<ScannerOptions> = {},
): Promise<EnhancedMarketScanner> {
  return new EnhancedMarketScanner({
    provider: syntheticProvider({ seed: 3 }),
    config: CONFIG,
    executor: redis === undefined ? undefined : await patientFleet(redis),
    ...options,
  });
}

// Other tests keep the machine busy; how long Redis may take is for one test to try.
function patientFleet(redis: string): Promise<ScanExecutor> {
  return fleetExecutor({ redis, source: SOURCE, connectMs: 15_000 });
}

/** What a report says, but for its own timing. */
export function substance({ startedAt, durationMs, ...report }: ScanReport): unknown {
  return JSON.parse(JSON.stringify(report));
}

/** The report of one process. */
export async function expected(): Promise<unknown> {
  await using scanner = await scannerOver(undefined);
  return substance(await scanner.scan());
}

/** A fleet's executor that counts how often it delivers each symbol. */
export async function countedFleet(
  options: Partial<FleetExecutorOptions> & { readonly redis: string },
): Promise<ScanExecutor & { readonly delivered: Map<string, number> }> {
  const fleet = await fleetExecutor({ source: SOURCE, ...options });
  const delivered: Map<string, number> = new Map();
  return {
    ...fleet,
    delivered,
    execute: (batches, { signal, deliver }) =>
      fleet.execute(batches, {
        signal,
        deliver(result) {
          delivered.set(result.symbol, (delivered.get(result.symbol) ?? 0) + 1);
          deliver(result);
        },
      }),
  };
}
