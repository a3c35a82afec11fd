import { Worker } from 'node:worker_threads';
import type { BacktestReport } from '../backtest/backtest-report.js';
import { ScannerError } from '../errors.js';
import type { Backtester, BacktestRunOptions } from '../mcp/scanner-server/backtester.js';
import { throwIfAborted } from '../parallel/deadline.js';
import type { BacktestMessage, BacktestSetup } from './backtest-job.js';

/** Trades the past in a thread of its own: the server answers meanwhile, and what is cancelled stops at once. */
export function threadBacktester(setup: BacktestSetup): Backtester {
  return {
    async run(request, options) {
      throwIfAborted(options.signal);
      // A thread takes plain data alone.
      const workerData = { setup: { ...setup, env: { ...setup.env } }, request };
      const worker = new Worker(new URL('./backtest-worker.js', import.meta.url), { workerData });
      try {
        return await reportOf(worker, options);
      } finally {
        await worker.terminate();
      }
    },
  };
}

function reportOf(
  worker: Worker,
  { signal, onProgress }: BacktestRunOptions,
): Promise<BacktestReport> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    worker.once('error', reject);
    worker.once('exit', (code) =>
      reject(new ScannerError('bad_data', `the back-test ended without a report (${code})`)),
    );
    worker.on('message', (message: BacktestMessage) => {
      if (message.kind === 'progress') onProgress(message.share);
      else if (message.kind === 'report') resolve(message.report);
      else reject(new ScannerError(message.code, message.message));
    });
  });
}
