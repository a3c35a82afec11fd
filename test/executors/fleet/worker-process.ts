import { type ChildProcess, spawn } from 'node:child_process';
import { EMS } from '../../cli/ems.js';

/** One worker of a fleet as a process of its own. */
export class WorkerProcess implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #gone: Promise<number | null>;
  #stderr = '';

  private constructor(command: readonly string[], env: NodeJS.ProcessEnv) {
    const { PATH } = process.env;
    this.#process = spawn(process.execPath, command, {
      env: { PATH, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    this.#gone = new Promise((resolve) => this.#process.once('exit', resolve));
  }

  /** Starts `ems worker`, with more flags if there are any, and waits until it says that it is ready. */
  static start(redis: string, ...flags: readonly string[]): Promise<WorkerProcess> {
    return WorkerProcess.run([EMS, 'worker', '--fleet', redis, ...flags]);
  }

  static startAll(redis: string, count: number): Promise<WorkerProcess[]> {
    return Promise.all(Array.from({ length: count }, () => WorkerProcess.start(redis)));
  }

  /** Runs a script with Node and waits until it says that it waits for work. */
  static async run(
    command: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): Promise<WorkerProcess> {
    const worker = new WorkerProcess(command, env);
    await new Promise<void>((resolve, reject) => {
      worker.#process.stderr?.on('data', () => worker.#stderr.includes('waits') && resolve());
      void worker.#gone.then(() =>
        reject(new Error(`the worker did not start: ${worker.#stderr}`)),
      );
    });
    return worker;
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
