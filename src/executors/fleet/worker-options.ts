import type { DataProvider } from '../../ports/data-provider.js';
import type { Logger } from '../../ports/logger.js';
import type { Factor } from '../../scoring/factor.js';

/** What a worker of a fleet is made of. */
export interface FleetWorkerOptions {
  /** `redis://` or, with TLS, `rediss://`; user and password stand in it. */
  readonly redis: string;
  /** @defaultValue 'ems-scans' */
  readonly queue?: string | undefined;
  /** Opens the source a job names. @defaultValue `synthetic[:SEED]` and `files:DIR` */
  readonly open?: ((source: string) => Promise<DataProvider>) | undefined;
  /** Those of the scanners it works for, in order. @defaultValue `defaultFactors` */
  readonly factors?: readonly Factor[] | undefined;
  /** Batches worked on at once. @defaultValue 1 */
  readonly batches?: number | undefined;
  /** Hears when Redis goes and when it comes back. @defaultValue silent */
  readonly logger?: Logger | undefined;
}

/** A worker at work. */
export interface FleetWorker extends AsyncDisposable {
  /** How many batches it has finished. */
  readonly finished: number;
  /** Takes no more batches and finishes those it has; after `graceMs` another worker gets them. @defaultValue 4_000 */
  close(graceMs?: number): Promise<void>;
}
