import type { CallToolResult, McpServer, ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { withDeadline } from '../../parallel/deadline.js';
import { systemTimers } from '../../parallel/system-timers.js';
import { toolResult } from '../tool-result.js';
import type { Backtester } from './backtester.js';
import type { Job } from './job-board.js';
import { backtestView, jobSchema, jobView } from './job-view.js';
import type { ServedScanner } from './served-scanner.js';
import { progressTeller } from './tell-progress.js';
import { READ_ONLY, symbolsInput } from './tool-input.js';

const MOST_SYMBOLS = 10;

/** A tool that starts a job hands out its handle after this share of the time that an answer may take. */
const PATIENCE = 0.7;

const job_id = z.string().max(40);
const bps = z.number().min(0).max(1_000).optional();
const moment = z.int().min(0).optional();

/** The tools that trade the past. */
export function addBacktestTools(
  server: McpServer,
  served: ServedScanner,
  backtester: Backtester,
): void {
  const { jobs, answerWithinMs } = served;
  const waitMs = PATIENCE * answerWithinMs;
  server.registerTool(
    'backtest',
    {
      title: 'Back-test',
      description:
        'What the signals of the past would have earned after costs, with intervals. Where that takes long the answer is a job; ask get_job for its result.',
      inputSchema: z.object({
        symbols: symbolsInput(MOST_SYMBOLS),
        from: moment.describe('Epoch milliseconds; 30 days before the end unless told'),
        to: moment.describe('Epoch milliseconds; the newest candle unless told'),
        fees_bps: bps.describe('Taker fee of each side; each market’s own unless told'),
        slippage_bps: bps.describe('What each side loses beyond the touch; 2 unless told'),
      }),
      outputSchema: jobSchema,
      annotations: READ_ONLY,
    },
    async ({ fees_bps: feesBps, slippage_bps: slippageBps, ...past }, context) => {
      const tell = progressTeller(context);
      const start = (): Job =>
        jobs.start((signal, onProgress) =>
          backtester
            .run(
              { ...past, feesBps, slippageBps },
              {
                signal,
                onProgress(share) {
                  onProgress(share);
                  tell(Math.round(100 * share), 100);
                },
              },
            )
            .then(backtestView),
        );
      return answered(start, context, waitMs, true);
    },
  );
  server.registerTool(
    'get_job',
    {
      title: 'Job',
      description: 'Where a job stands, and its result when it is done; waits a while for the end.',
      inputSchema: z.object({ job_id }),
      outputSchema: jobSchema,
      annotations: { ...READ_ONLY, openWorldHint: false },
    },
    (question, context) => answered(() => jobs.get(question.job_id), context, waitMs, false),
  );
  server.registerTool(
    'cancel_job',
    {
      title: 'Cancel a job',
      description: 'Ends a job that runs; what was done until then is lost.',
      inputSchema: z.object({ job_id }),
      outputSchema: jobSchema,
      annotations: {
        ...{ readOnlyHint: false, destructiveHint: true },
        ...{ idempotentHint: true, openWorldHint: false },
      },
    },
    (question, context) =>
      answered(
        () => {
          const job = jobs.get(question.job_id);
          job.cancel();
          return job;
        },
        context,
        waitMs,
        false,
      ),
  );
}

/** A job's view once it is over or the caller has waited long enough; a caller who gives up may take its job along. */
function answered(
  find: () => Job,
  { mcpReq: { signal } }: ServerContext,
  waitMs: number,
  isOwner: boolean,
): Promise<CallToolResult> {
  return toolResult(async () => {
    const job = find();
    await endOf(job, waitMs, signal);
    if (isOwner && signal.aborted) job.cancel();
    if (isOwner && job.state === 'failed') throw job.error;
    return jobView(job);
  });
}

/** Waits for a job's end, and not too long: who has lost patience gets a handle. */
async function endOf({ over }: Job, ms: number, signal: AbortSignal): Promise<void> {
  const what = 'a job that is waited for';
  await withDeadline(() => over, { ms, timers: systemTimers, what, signal }).catch(() => undefined);
}
