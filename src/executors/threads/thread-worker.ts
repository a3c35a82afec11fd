import { ScannerError } from '../../errors.js';
import type { DataProvider } from '../../ports/data-provider.js';
import type { Factor } from '../../scoring/factor.js';
import { defaultFactors } from '../../scoring/factors/default-factors.js';
import { BatchWorker } from '../remote/batch-worker.js';
import { loadExport } from '../remote/module-export.js';
import { openSource } from '../remote/open-source.js';
import { packResult } from '../remote/packed-result.js';
import type { ThreadMessage, ThreadScannerSpec, ThreadTask } from './thread-task.js';

// A thread lives for one executor, whose specification never changes.
let worker: Promise<BatchWorker> | undefined;

/** Works through one batch in this thread; what it finds goes to the port of the task. */
export async function scanInThread({ batch, spec, port }: ThreadTask): Promise<void> {
  const say = (message: ThreadMessage, transfer: readonly ArrayBuffer[] = []): void =>
    port.postMessage(message, transfer);
  say({ kind: 'begun' });
  try {
    worker ??= workerOf(spec);
    await (await worker).scan(batch, sourceName(spec), {
      deliver(found) {
        const result = packResult(found, batch);
        const candles = 'candles' in result ? result.candles : undefined;
        say({ kind: 'result', result }, candles && [candles]);
      },
    });
  } catch (error) {
    if (!ScannerError.is(error)) throw error;
    say({ kind: 'fault', error: error.toJSON() });
  } finally {
    port.close();
  }
}

async function workerOf(spec: ThreadScannerSpec): Promise<BatchWorker> {
  const factors =
    spec.factors === undefined
      ? defaultFactors
      : ((await Promise.all(spec.factors.map(loadExport))) as readonly Factor[]);
  return new BatchWorker({ factors, open: () => open(spec) });
}

async function open({ source }: ThreadScannerSpec): Promise<DataProvider> {
  if (typeof source === 'string') return openSource(source);
  const made = await loadExport(source);
  return typeof made === 'function' ? made() : (made as DataProvider);
}

function sourceName({ source }: ThreadScannerSpec): string {
  return typeof source === 'string' ? source : `${source.module}#${source.export}`;
}
