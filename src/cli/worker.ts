import type { Command } from 'commander';
import { silentLogger } from '../ports/logger.js';
import type { Context } from './context.js';
import { EXIT, Refusal } from './exit-code.js';
import { fleetUrl } from './fleet-url.js';
import { beatTo } from './heartbeat.js';
import { helpAfter } from './help.js';
import { openSource } from './source.js';
import { readWhole } from './values.js';

const EXAMPLES = [
  ['ems worker --fleet redis://localhost:6379', 'work for every scan of that queue, until Ctrl-C'],
  ['ems worker --fleet rediss://:$REDIS_PASSWORD@host:6380', 'the same over TLS'],
  [
    'ems worker --fleet redis://queue:6379 --address 203.0.113.7',
    'behind an address of its own, with limits of its own',
  ],
] as const;

interface WorkerFlags {
  readonly fleet?: string;
  readonly heartbeat?: string;
  readonly queue?: string;
  readonly batches?: number;
  readonly address?: string;
  readonly baseUrl?: string;
}

/** `ems worker`: one process of a fleet. */
export function addWorker(program: Command, context: Context): void {
  program
    .command('worker')
    .description('Scan symbols for other processes that put their batches into a Redis queue.')
    .option('--fleet <url>', 'the Redis of the fleet; rediss:// is TLS (default: EMS_FLEET)')
    .option('--queue <name>', 'the queue of the fleet')
    .option('--batches <count>', 'batches worked on at once', readWhole('--batches', 1))
    .option('--heartbeat <file>', 'a file to write every two seconds, for ems health')
    .option(
      '--address <name>',
      'the address its requests leave by; who gives one name shares limits',
    )
    .option('--base-url <url>', 'where the requests of ccxt:NAME go, such as a proxy')
    .addHelpText('after', helpAfter(EXAMPLES))
    .action((flags: WorkerFlags) => work(flags, context));
}

async function work(
  { fleet, queue, batches, address, baseUrl, heartbeat }: WorkerFlags,
  { env, signal, terminal }: Context,
): Promise<void> {
  const redis = fleetUrl(fleet, env);
  if (redis === undefined) {
    throw new Refusal(EXIT.usage, 'a worker takes the URL of its fleet by --fleet or EMS_FLEET');
  }
  const { startFleetWorker } = await import('../executors/fleet/fleet-worker.js');
  const { fleetRateBudget } = await import('../executors/fleet/fleet-rate-budget.js');
  const say = (message: string): void => terminal.warn(`ems: ${message}`);
  const logger = { ...silentLogger, info: say, warn: say };
  await using budget = await fleetRateBudget({ redis, address });
  // A job names an exchange and nothing more; its keys, if there are any, are those of this process.
  const open = async (source: string) => {
    const isExchange = source.startsWith('ccxt:');
    const options = { baseUrl: isExchange ? baseUrl : undefined, env, budget };
    const { provider, isLive } = await openSource(source, options);
    if (!isLive) return provider;
    // From scan to scan an exchange is asked for the newest candles alone.
    const { cachedProvider } = await import('../providers/cached.js');
    return cachedProvider(provider, { logger });
  };
  await using worker = await startFleetWorker({ redis, queue, batches, open, logger });
  using _ = heartbeat === undefined ? undefined : beatTo(heartbeat, () => worker.finished);
  terminal.warn('ems: the worker waits for batches');
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  terminal.warn(`ems: the worker stops, batches finished: ${worker.finished}`);
}
