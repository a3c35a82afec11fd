import { quote, ScannerError } from '../../errors.js';

/** Where a job stands. */
export type JobState = 'running' | 'done' | 'failed' | 'cancelled';

/** Work that may take longer than a tool's answer. */
export interface Job {
  readonly id: string;
  readonly state: JobState;
  /** Share that is done, 0 to 1. */
  readonly progress: number;
  readonly result: object | undefined;
  readonly error: unknown;
  /** Resolves when the job is over, whatever came of it. */
  readonly over: Promise<void>;
  cancel(): void;
}

/** Does a job's work; it ends when its signal aborts. */
export type Work = (signal: AbortSignal, onProgress: (share: number) => void) => Promise<object>;

const MOST_RUNNING = 2;
const MOST_KEPT = 32;

/** The jobs of a server, whoever started them; of those that are over the newest are kept. */
export class JobBoard {
  readonly #jobs = new Map<string, Job>();

  /** @throws ScannerError `rate_limit` while too many run. */
  start(work: Work): Job {
    const running = [...this.#jobs.values()].filter(({ state }) => state === 'running').length;
    if (running >= MOST_RUNNING) {
      throw new ScannerError('rate_limit', `${running} jobs run already; cancel one or wait`);
    }
    const job = new RunningJob(work);
    this.#jobs.set(job.id, job);
    // As many run at most as are kept at least, so what leaves is over.
    for (const [id, { state }] of this.#jobs) {
      if (this.#jobs.size <= MOST_KEPT) break;
      if (state !== 'running') this.#jobs.delete(id);
    }
    return job;
  }

  /** @throws ScannerError `bad_data` for a job that is not known, or no longer. */
  get(id: string): Job {
    const job = this.#jobs.get(id);
    if (job === undefined) throw new ScannerError('bad_data', `there is no job ${quote(id)}`);
    return job;
  }

  /** Ends every job. */
  async close(): Promise<void> {
    const jobs = [...this.#jobs.values()];
    for (const job of jobs) job.cancel();
    await Promise.all(jobs.map(({ over }) => over));
  }
}

class RunningJob implements Job {
  readonly id: string = crypto.randomUUID();
  readonly over: Promise<void>;
  readonly #cancelling = new AbortController();
  #state: JobState = 'running';
  #progress = 0;
  #result: object | undefined;
  #error: unknown;

  constructor(work: Work) {
    const { signal } = this.#cancelling;
    const onProgress = (share: number): void => {
      this.#progress = Math.min(1, Math.max(this.#progress, share));
    };
    this.over = work(signal, onProgress).then(
      (result) => this.#end('done', { result }),
      (error: unknown) => this.#end(signal.aborted ? 'cancelled' : 'failed', { error }),
    );
  }

  get state(): JobState {
    return this.#state;
  }

  get progress(): number {
    return this.#progress;
  }

  get result(): object | undefined {
    return this.#result;
  }

  get error(): unknown {
    return this.#error;
  }

  cancel(): void {
    this.#cancelling.abort(new ScannerError('aborted', 'the job was cancelled'));
  }

  #end(state: JobState, { result, error }: { result?: object; error?: unknown }): void {
    this.#state = state;
    this.#result = result;
    this.#error = error;
    if (state === 'done') this.#progress = 1;
  }
}
