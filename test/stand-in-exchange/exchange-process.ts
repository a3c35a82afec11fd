import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { StandInExchange, type StandInOptions } from './stand-in-exchange.js';

/** What a stand-in has counted. */
export interface ExchangeCounts {
  readonly requests: number;
  readonly refused: number;
}

/** A stand-in in a process of its own, as exchanges are: nobody who asks it keeps it from counting in time. */
export class ExchangeProcess implements AsyncDisposable {
  readonly baseUrls: readonly string[];
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, baseUrls: readonly string[]) {
    this.#process = child;
    this.baseUrls = baseUrls;
  }

  static async start(options: StandInOptions): Promise<ExchangeProcess> {
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

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = once(this.#process, 'exit');
    this.#process.kill();
    await gone;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const exchange = await StandInExchange.start(JSON.parse(process.argv[2]) as StandInOptions);
  process.on('message', () => {
    const { requests, refused } = exchange;
    process.send?.({ requests: requests.length, refused } satisfies ExchangeCounts);
  });
  process.send?.(exchange.baseUrls);
}
