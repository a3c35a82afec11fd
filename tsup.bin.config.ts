import { defineConfig } from 'tsup';

/** The command line: ESM only, because it awaits at the top level. */
export default defineConfig({
  entry: {
    ems: 'src/cli/main.ts',
    'backtest-worker': 'src/cli/backtest-worker.ts',
    'past-thread': 'src/cli/past/past-thread.ts',
  },
  outDir: 'dist/bin',
  format: ['esm'],
  target: 'node20',
  splitting: true,
  dts: false,
});
