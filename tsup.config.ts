import { defineConfig } from 'tsup';

/** The library: ESM and CJS with types. `splitting` keeps one copy of each class across the subpaths of a format. */
export default defineConfig({
  entry: {
    index: 'src/index.ts',
    analysis: 'src/analysis/index.ts',
    forecast: 'src/forecast/index.ts',
    backtest: 'src/backtest/index.ts',
    providers: 'src/providers/index.ts',
    'providers/ccxt': 'src/providers/ccxt/index.ts',
    mcp: 'src/mcp/index.ts',
    service: 'src/service/index.ts',
    testing: 'src/testing/index.ts',
    fleet: 'src/executors/fleet/index.ts',
    threads: 'src/executors/threads/index.ts',
    'thread-worker': 'src/executors/threads/thread-worker.ts',
  },
  format: ['esm', 'cjs'],
  target: 'node20',
  splitting: true,
  // `import.meta.url` in CJS too: the threads look for their file beside the module.
  shims: true,
  clean: true,
  // TypeScript 6 reports the `baseUrl` that tsup injects as deprecated.
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
});
