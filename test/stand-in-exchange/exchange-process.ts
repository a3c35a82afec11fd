import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { StandInExchange, type StandInOptions } from './stand-in-exchange.js';

/** What a stand-in has counted. */
export interface ExchangeCounts {
  readonly requests: number;
  readonly refused: number;
  /** The fullest that any of its limits ever was, as a share. */
  readonly worstWindow: number;
}

/** How a stand-in in a process of its own is set up. */
export interface ExchangeProcessOptions extends Omit<StandInOptions, 'now' | 'timers'> {
  /** Whether its clock goes on with that of the machine; otherwise it stands still. @defaultValue false */
  readonly goesOn?: boolean;
}

/** A stand-in in a process of its own, as exchanges are: nobody who asks it keeps it from counting in time. */
export class ExchangeProcess implements AsyncDisposable {
  readonly baseUrls: readonly string[];
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, baseUrls: readonly string[]) {
    this.#process = child;
    this.baseUrls = baseUrls;
  }

  static async start(options: ExchangeProcessOptions): Promise<ExchangeProcess> {
    const args = [JSON.stringify(options)];
    const child = fork(fileURLToPath(import.meta.url), args, { execArgv: ['--import', 'tsx'] });
    const [baseUrls] = await once(child, 'message');
    return new ExchangeProcess(child, baseUrls as readonly string[]);
  }

  async counts(): Promise<ExchangeCounts> {
    this.#process.send('count');
    const [counts] = await once(this.#process, 'message');
    return counts as ExchangeCounts;
  }

  /** Puts its clock forward, and has it push what closed meanwhile. */
  async advance(ms: number): Promise<void> {
    this.#process.send(ms);
    await once(this.#process, 'message');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = once(this.#process, 'exit');
    this.#process.kill();
    await gone;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { goesOn = false, ...options }: ExchangeProcessOptions = JSON.parse(process.argv[2]);
  let aheadMs = 0;
  const exchange = await StandInExchange.start({
    ...options,
    ...(goesOn && { now: () => Date.now() + aheadMs }),
  });
  process.on('message', async (message) => {
    if (typeof message === 'number') {
      aheadMs += message;
      await exchange.streams.push();
    }
    const { requests, refused, worstWindow } = exchange;
    const counts: ExchangeCounts = { requests: requests.length, refused, worstWindow };
    process.send?.(counts);
  });
  process.send?.(exchange.baseUrls);
}
