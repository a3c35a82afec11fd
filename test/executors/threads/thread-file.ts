import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'tsup';

const FOLDER = 'dist/test-threads';

/** Bundles the thread's module as the package does: a thread runs JavaScript, the tests TypeScript. */
export async function threadFile(): Promise<URL> {
  await build({
    config: false,
    entry: { 'thread-worker': 'src/executors/threads/thread-worker.ts' },
    outDir: FOLDER,
    format: ['esm'],
    target: 'node20',
    dts: false,
    silent: true,
  });
  return pathToFileURL(resolve(FOLDER, 'thread-worker.js'));
}
