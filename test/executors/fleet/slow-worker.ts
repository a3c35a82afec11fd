import { startFleetWorker } from '../../../src/executors/fleet/fleet-worker.js';
import { openSource } from '../../../src/executors/remote/open-source.js';
import { passThrough } from '../../../src/providers/pass-through.js';

// A worker whose source takes its time, as an exchange does: `node slow-worker.js REDIS DELAY_MS`.
const [redis, delayMs] = process.argv.slice(2);

const worker = await startFleetWorker({
  redis,
  async open(source) {
    const provider = await openSource(source);
    return {
      ...passThrough(provider),
      async fetchCandles(...asked) {
        await new Promise((resolve) => setTimeout(resolve, Number(delayMs)));
        return provider.fetchCandles(...asked);
      },
    };
  },
});
process.stderr.write('the worker waits\n');
process.once('SIGTERM', async () => {
  await worker.close();
  process.exit(0);
});
