/** Replays the share of the symbols that it is given, each from its own file, and says how long its processor took. */
import { parentPort, workerData } from 'node:worker_threads';
import { readHistories, replayAll } from './replay-load.js';

const { symbols } = workerData as { symbols: readonly string[] };
const histories = await readHistories(symbols);
parentPort?.postMessage('ready');
parentPort?.once('message', () => {
  replayAll(histories, 1);
  parentPort?.postMessage('done');
});
