import { bundled } from '../../bundled.js';

/** The slow worker as a process runs it. */
export function slowWorkerFile(): Promise<string> {
  return bundled('test/executors/fleet/slow-worker.ts', 'dist/test-fleet');
}
