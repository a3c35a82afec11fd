/** One floor of the house: which files it holds, and what they may lean on. */
export interface Floor {
  readonly name: string;
  /** Folders end in `/`; anything else is one file. */
  readonly paths: readonly string[];
  /** Floors it may import, besides itself. */
  readonly imports: readonly string[];
  /** Floors of which it may import types alone. */
  readonly typesOf?: readonly string[];
  /** Packages it may import, each with the folder or file that alone may do so. */
  readonly packages?: Readonly<Record<string, string>>;
  /** Folders or files that may use Node built-ins. */
  readonly builtIns?: readonly string[];
  /** Whether it may read the clock, chance, the environment and timers. */
  readonly pure: boolean;
}

/** The table of DESIGN section 2, lowest floor first. A floor missing here may not exist in `src`. */
export const FLOORS: readonly Floor[] = [
  { name: 'errors', paths: ['src/errors.ts'], imports: ['market'], pure: true },
  { name: 'market', paths: ['src/market/'], imports: ['errors'], pure: true },
  {
    name: 'analysis',
    paths: ['src/analysis/'],
    imports: ['market', 'errors'],
    pure: true,
  },
  {
    name: 'forecast',
    paths: ['src/forecast/'],
    imports: ['analysis', 'market', 'errors'],
    pure: true,
  },
  {
    name: 'scoring',
    paths: ['src/scoring/'],
    imports: ['forecast', 'analysis', 'market', 'errors'],
    pure: true,
  },
  {
    name: 'ports',
    paths: ['src/ports/'],
    imports: [],
    typesOf: ['market', 'scoring'],
    pure: true,
  },
  {
    name: 'parallel',
    paths: ['src/parallel/'],
    imports: ['ports', 'errors'],
    packages: { 'p-limit': 'src/parallel/' },
    pure: false,
  },
  {
    name: 'providers',
    paths: ['src/providers/'],
    imports: ['ports', 'market', 'errors', 'parallel'],
    packages: { ccxt: 'src/providers/ccxt/', lmdb: 'src/providers/cached/' },
    builtIns: [
      'src/providers/files.ts',
      'src/providers/files/',
      'src/providers/cached/',
      'src/providers/recorded.ts',
      'src/providers/recorded/',
      'src/providers/ccxt/',
    ],
    pure: false,
  },
  {
    name: 'scanner',
    paths: ['src/scanner/', 'src/index.ts'],
    imports: ['parallel', 'ports', 'scoring', 'forecast', 'analysis', 'market', 'errors'],
    packages: { zod: 'src/scanner/' },
    pure: false,
  },
  {
    // What runs a scan elsewhere is made of a scanner and a source.
    name: 'executors',
    paths: ['src/executors/'],
    imports: ['scanner', 'providers', 'parallel', 'ports', 'scoring', 'market', 'errors'],
    typesOf: ['analysis'],
    packages: {
      // A user's factor or source, by the name the user gave.
      'import(url)': 'src/executors/remote/module-export.ts',
      piscina: 'src/executors/threads/',
      bullmq: 'src/executors/fleet/',
      ioredis: 'src/executors/fleet/',
      zod: 'src/executors/fleet/',
    },
    builtIns: ['src/executors/'],
    pure: false,
  },
  {
    name: 'backtest',
    paths: ['src/backtest/'],
    imports: ['scanner', 'ports', 'scoring', 'forecast', 'analysis', 'market', 'errors'],
    builtIns: ['src/backtest/json-line-file.ts'],
    pure: false,
  },
  {
    name: 'mcp',
    paths: ['src/mcp/'],
    imports: ['parallel', 'ports', 'forecast', 'analysis', 'market', 'errors'],
    typesOf: ['backtest', 'scanner', 'scoring'],
    packages: {
      '@anthropic-ai/sdk': 'src/mcp/analyst/language-model/',
      '@modelcontextprotocol/client': 'src/mcp/scorer/',
      '@modelcontextprotocol/server': 'src/mcp/',
      '@modelcontextprotocol/node': 'src/mcp/',
      'cross-spawn': 'src/mcp/scorer/program-transport.ts',
      zod: 'src/mcp/',
    },
    builtIns: ['src/mcp/'],
    pure: false,
  },
  {
    name: 'report',
    paths: ['src/report/'],
    imports: [],
    typesOf: ['backtest', 'scanner', 'scoring', 'forecast', 'analysis', 'market', 'errors'],
    pure: true,
  },
  {
    name: 'service',
    paths: ['src/service/'],
    imports: ['scanner', 'mcp', 'report', 'parallel', 'ports', 'errors'],
    typesOf: ['scoring', 'market'],
    packages: {
      hono: 'src/service/',
      '@hono/node-server': 'src/service/',
      'prom-client': 'src/service/',
    },
    builtIns: ['src/service/'],
    pure: false,
  },
  {
    name: 'testing',
    paths: ['src/testing/'],
    imports: ['backtest', 'scanner', 'ports', 'market', 'scoring', 'analysis', 'errors'],
    pure: false,
  },
  {
    name: 'cli',
    paths: ['src/cli/'],
    imports: [
      'executors',
      'service',
      'report',
      'mcp',
      'backtest',
      'scanner',
      'providers',
      'parallel',
      'ports',
      'scoring',
      'forecast',
      'analysis',
      'market',
      'errors',
    ],
    packages: {
      commander: 'src/cli/',
      'cli-progress': 'src/cli/',
      picocolors: 'src/cli/',
      pino: 'src/cli/',
    },
    builtIns: ['src/cli/'],
    pure: false,
  },
];

/** Whether `path` lies in the folder, or is the file, that `place` names. */
export function within(path: string, place: string): boolean {
  return place.endsWith('/') ? path.startsWith(place) : path === place;
}

export function floorOf(path: string): Floor | undefined {
  return FLOORS.find((floor) => floor.paths.some((place) => within(path, place)));
}
