/**
 * A replay with a decision at every candle, over the recorded spot markets of the reference data beside the repository: what
 * the scanner says of each symbol every five minutes, on one core and on two. Reading the files is not counted.
 *
 * Goals: 34 symbols of 43,776 candles in 15 s and 500 MB, time in proportion to candles, and threads in proportion to cores.
 */
import { existsSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { FOLDER, readHistories, replayAll } from './replay-load.js';
import { type Row, report } from './report.js';

const WHOLE = { symbols: 34, candles: 43_776 };
const THREADS = [1, 2] as const;

/** A thread of Node 20 does not inherit the loader that the process was started with. */
const TYPESCRIPT_WORKER = `
  import('tsx/esm/api').then(({ tsImport }) =>
    tsImport('./replay-worker.ts', ${JSON.stringify(import.meta.url)}));
`;

/** Seconds of processor time for the first part of every history, and how many decisions it took. */
function timed(
  all: Awaited<ReturnType<typeof readHistories>>,
  share: number,
): { seconds: number; count: number } {
  const start = process.cpuUsage();
  const count = replayAll(all, share);
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1e6, count };
}

/** Wall seconds that so many threads take for all symbols, dealt out in turn. */
async function threaded(symbols: readonly string[], threads: number): Promise<number> {
  const workers = Array.from({ length: threads }, (_, k) => {
    const share = symbols.filter((__, i) => i % threads === k);
    return new Worker(TYPESCRIPT_WORKER, { eval: true, workerData: { symbols: share } });
  });
  const heard = (): Promise<unknown> =>
    Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('message', resolve))));
  await heard();
  const start = performance.now();
  const done = heard();
  for (const worker of workers) worker.postMessage('go');
  await done;
  const seconds = (performance.now() - start) / 1000;
  await Promise.all(workers.map((worker) => worker.terminate()));
  return seconds;
}

if (existsSync(FOLDER)) {
  const all = await readHistories();
  const half = timed(all, 0.5);
  const whole = timed(all, 1);
  const scale = (WHOLE.symbols * WHOLE.candles) / whole.count;
  const megabytes = process.memoryUsage().rss / 1e6;
  const symbols = all.map(({ market }) => market.symbol);
  const walls: number[] = [];
  for (const threads of THREADS) walls.push(await threaded(symbols, threads));
  const rows: Row[] = [
    {
      name: `${all.length} symbols`,
      decisions: whole.count,
      seconds: whole.seconds,
      'seconds for 34 x 43,776': whole.seconds * scale,
      'microseconds a decision': (1e6 * whole.seconds) / whole.count,
      'whole over half': whole.seconds / half.seconds,
      'resident MB': megabytes,
      'two threads over one': walls[1] / walls[0],
    },
  ];
  report({
    title: 'A replay with a decision at every candle',
    notes: [
      'processor time; goal 15 s for 34 symbols of 43,776 candles, in 500 MB',
      'two threads over one: wall time; goal near 0.5 where two cores are free',
    ],
    rows,
  });
} else {
  report({ title: 'A replay: needs the reference data, which is absent', notes: [], rows: [] });
}
