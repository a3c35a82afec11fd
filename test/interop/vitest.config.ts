import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/interop/**/*.interop.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Each file starts processes of its own; more than two at once are slower than one after the other.
    maxWorkers: 2,
    silent: 'passed-only',
    globalSetup: 'test/cli/build-bin.ts',
  },
});
