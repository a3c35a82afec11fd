import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    sequence: { shuffle: true },
    testTimeout: 30_000,
    globalSetup: 'test/cli/build-bin.ts',
    coverage: {
      include: ['src/**/*.ts'],
      // Interfaces compile to nothing.
      exclude: ['src/ports/*.ts'],
      reporter: ['text-summary', 'html'],
    },
  },
});
