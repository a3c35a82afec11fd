import { parentPort } from 'node:worker_threads';
import { forecastLines } from '../../backtest/forecast-lines.js';
import { fitModelCard } from '../../backtest/model-card-fit.js';
import { symbolSignals } from '../../backtest/symbol-signals.js';
import { ScannerError } from '../../errors.js';
import { defaultFactors } from '../../scoring/factors/default-factors.js';
import { jsonText } from '../json.js';
import { writeWhole } from '../write-lines.js';
import { unpackReplay, unpackSet, unpackSymbol } from './packed-history.js';
import type {
  EventsTask,
  FitTask,
  PastMessage,
  PastResults,
  PastTask,
  SignalsTask,
} from './past-task.js';

function tell(message: PastMessage): void {
  parentPort?.postMessage(message);
}

const work: { [Kind in PastTask['kind']]: (task: never) => Promise<PastResults[Kind]> } = {
  signals: ({ history, span, ...settings }: SignalsTask) =>
    symbolSignals(unpackReplay(history), { ...settings, factors: defaultFactors }, span, (done) =>
      tell({ kind: 'progress', done }),
    ),
  async events({ history, market, options, file }: EventsTask) {
    await writeWhole(file, async (write) => {
      for (const line of forecastLines(unpackSymbol(history), market, options)) {
        const written = write(jsonText(line));
        if (written !== undefined) await written;
      }
    });
    return undefined;
  },
  async fit({ sets, options }: FitTask) {
    return fitModelCard(sets.map(unpackSet), {
      ...options,
      onProgress: (doing, done, total) => tell({ kind: 'progress', doing, done, total }),
      onHorizon: (fitted) => tell({ kind: 'progress', done: 0, fitted }),
    });
  },
};

parentPort?.on('message', async (task: PastTask) => {
  try {
    tell({ kind: 'result', result: await work[task.kind](task as never) });
  } catch (error) {
    const code = ScannerError.is(error) ? error.code : undefined;
    const message = error instanceof Error ? error.message : String(error);
    tell({ kind: 'error', code, message });
  }
});
