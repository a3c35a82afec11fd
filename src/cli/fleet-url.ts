import type { Environment } from '../scanner/env.js';

/** The Redis of the fleet: `--fleet`, or else `EMS_FLEET`, which no list of processes shows. */
export function fleetUrl(flag: string | undefined, { EMS_FLEET }: Environment): string | undefined {
  return flag ?? (EMS_FLEET?.trim() || undefined);
}
