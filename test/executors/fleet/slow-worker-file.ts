import { build } from 'tsup';

const FOLDER = 'dist/test-fleet';

/** Bundles the slow worker, as the package is: a process runs JavaScript, the tests TypeScript. */
export async function slowWorkerFile(): Promise<string> {
  await build({
    config: false,
    entry: { 'slow-worker': 'test/executors/fleet/slow-worker.ts' },
    outDir: FOLDER,
    format: ['esm'],
    target: 'node20',
    dts: false,
    silent: true,
  });
  return `${FOLDER}/slow-worker.js`;
}
