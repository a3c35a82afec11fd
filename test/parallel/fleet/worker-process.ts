import { type ChildProcess, spawn } from 'node:child_process';
import { EMS } from '../../cli/ems.js';

/** One `ems worker` as a process of its own. */
export class WorkerProcess implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #gone: Promise<number | null>;
  #stderr = '';

  private constructor(redis: string) {
    const { PATH } = process.env;
    this.#process = spawn(process.execPath, [EMS, 'worker', '--fleet', redis], {
      env: { PATH },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    this.#gone = new Promise((resolve) => this.#process.once('exit', resolve));
  }

  /** Starts a worker and waits until it says that it is ready. */
  static async start(redis: string): Promise<WorkerProcess> {
    const worker = new WorkerProcess(redis);
    await new Promise<void>((resolve, reject) => {
      worker.#process.stderr?.on('data', () => worker.#stderr.includes('waits') && resolve());
      void worker.#gone.then(() =>
        reject(new Error(`the worker did not start: ${worker.#stderr}`)),
      );
    });
    return worker;
  }

  static startAll(redis: string, count: number): Promise<WorkerProcess[]> {
    return Promise.all(Array.from({ length: count }, () => WorkerProcess.start(redis)));
  }

  get stderr(): string {
    return this.#stderr;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Its exit code, once it has ended; `null` when a signal ended it. */
  get gone(): Promise<number | null> {
    return this.#gone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#gone;
  }
}
