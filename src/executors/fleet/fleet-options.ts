/** How a fleet is used. */
export interface FleetExecutorOptions {
  /** `redis://` or, with TLS, `rediss://`; user and password stand in it and nowhere else. */
  readonly redis: string;
  /** What the workers open: `synthetic[:SEED]`, `files:DIR`, or what they were taught. Never a secret. */
  readonly source: string;
  /** @defaultValue 'ems-scans' */
  readonly queue?: string | undefined;
  /** Most symbols in one batch. @defaultValue 10 */
  readonly batchSize?: number | undefined;
  /** How long Redis may take to answer before a scan begins without it, in milliseconds. @defaultValue 800 */
  readonly connectMs?: number | undefined;
  /** How long a scan under way waits for Redis or a worker to come back, in milliseconds. @defaultValue 5_000 */
  readonly patienceMs?: number | undefined;
}
