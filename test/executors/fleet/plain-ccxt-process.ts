import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { bitget } from 'ccxt';
import type { CcxtLike } from '../../../src/providers/ccxt/exchange.js';
import { rewriteUrls } from '../../../src/providers/ccxt/rewrite-urls.js';
import { parseScannerConfig } from '../../../src/scanner/config-schema.js';

/** What a process asks for: the candles of one part of the symbols, in all timeframes. */
interface PlainTask {
  readonly baseUrl: string;
  readonly part: number;
  readonly of: number;
  readonly symbols: number;
  readonly limit: number;
}

/** How many symbols came whole, and how many did not. */
interface PlainTally {
  readonly whole: number;
  readonly broken: number;
}

const { timeframes } = parseScannerConfig({});

/** A process that asks with ccxt alone, as a bot does that knows of no other: ccxt's limiter, and no second try. */
export class PlainCcxtProcess {
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#process = child;
  }

  /** Starts one that knows the markets. */
  static async start(task: PlainTask): Promise<PlainCcxtProcess> {
    const args = [JSON.stringify(task)];
    const child = fork(fileURLToPath(import.meta.url), args, { execArgv: ['--import', 'tsx'] });
    await once(child, 'message');
    return new PlainCcxtProcess(child);
  }

  /** Has it ask for everything, and end. */
  async ask(): Promise<PlainTally> {
    this.#process.send('ask');
    const [tally] = await once(this.#process, 'message');
    await once(this.#process, 'exit');
    return tally as PlainTally;
  }
}

async function open({ baseUrl }: PlainTask): Promise<bitget> {
  const { default: ccxt } = await import('ccxt');
  const types = { fetchMarkets: { types: ['swap'] } };
  const exchange = new ccxt.bitget({ options: { uta: false, defaultType: 'swap', ...types } });
  rewriteUrls(exchange as unknown as CcxtLike, baseUrl);
  await exchange.loadMarkets();
  return exchange;
}

async function ask(exchange: bitget, { part, of, symbols, limit }: PlainTask): Promise<PlainTally> {
  const mine = exchange.symbols.slice(0, symbols).filter((_, i) => i % of === part);
  const isWhole = await Promise.all(
    mine.map(async (symbol) => {
      const asked = timeframes.map((each) => exchange.fetchOHLCV(symbol, each, undefined, limit));
      return (await Promise.allSettled(asked)).every(({ status }) => status === 'fulfilled');
    }),
  );
  const whole = isWhole.filter(Boolean).length;
  return { whole, broken: isWhole.length - whole };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const task = JSON.parse(process.argv[2]) as PlainTask;
  const exchange = await open(task);
  process.once('message', async () => {
    process.send?.(await ask(exchange, task));
    process.disconnect();
  });
  process.send?.('ready');
}
