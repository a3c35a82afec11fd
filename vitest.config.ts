import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    sequence: { shuffle: true },
    // Tests of the command line start processes, which wait for each other on a busy machine.
    testTimeout: 60_000,
    globalSetup: 'test/cli/build-bin.ts',
    coverage: {
      include: ['src/**/*.ts'],
      // Interfaces compile to nothing.
      exclude: ['src/ports/*.ts'],
      reporter: ['text-summary', 'html'],
    },
  },
});
