import { type Command, Option } from 'commander';
import type { FleetRateBudget } from '../executors/fleet/fleet-rate-budget.js';
import type { Logger } from '../ports/logger.js';
import type { Environment } from '../scanner/env.js';
import type { ScanExecutor } from '../scanner/scan-batch.js';
import type { KeeperOptions, ScannerFactory } from '../service/keeper-options.js';
import type { Context } from './context.js';
import { addScanFlags, type ScanFlags } from './flags.js';
import { fleetUrl } from './fleet-url.js';
import { helpAfter } from './help.js';
import { LOG_LEVELS, type LogLevel } from './log.js';
import { addServerFlags, httpOptions, interruption, type ServerFlags } from './server-flags.js';
import { readDuration } from './values.js';

const EXAMPLES = [
  ['ems serve', 'scan an invented exchange every 30 seconds, answer on http://127.0.0.1:8011'],
  ['ems serve --source ccxt:bitget --interval 1m', 'a real exchange, once a minute'],
  ['curl -s localhost:8011/api/signals | jq ".signals[0].symbol"', 'what it found last'],
] as const;

const PORT = 8011;
const TOKEN_VARIABLE = 'EMS_TOKEN';

type ServeFlags = ScanFlags &
  ServerFlags & { readonly interval?: number; readonly logLevel?: LogLevel };

/** `ems serve`: a scanner that runs for long, over HTTP. */
export function addServe(program: Command, context: Context): void {
  const command = program
    .command('serve')
    .description('Scan on an interval and serve signals, health and metrics over HTTP.')
    .addOption(
      new Option('--interval <duration>', 'from one scan to the next (default: 30s)').argParser(
        readDuration('--interval'),
      ),
    )
    .addOption(
      new Option('--log-level <level>', 'how much is told on stderr (default: info)').choices(
        LOG_LEVELS,
      ),
    )
    .addHelpText('after', helpAfter(EXAMPLES))
    .action((flags: ServeFlags) => serve(flags, context));
  addScanFlags(command);
  addServerFlags(command, PORT, TOKEN_VARIABLE);
}

async function serve(flags: ServeFlags, context: Context): Promise<void> {
  const { signal, terminal } = context;
  const { startService } = await import('../service/start-service.js');
  const { logTo } = await import('./log.js');
  const logger = logTo(terminal, flags.logLevel ?? 'info');
  const fleet = fleetUrl(flags.fleet, context.env);
  const served = await scannerOf({ ...flags, ...(fleet && { fleet }) }, context, logger);
  await using _ = { [Symbol.asyncDispose]: () => served.close() };
  await using service = await startService({
    ...httpOptions(flags, context.env, portOf(context.env), TOKEN_VARIABLE),
    ...(fleet && (await workersOf(fleet, context.env))),
    scanner: served.make,
    symbols: served.symbols,
    logger,
  });
  terminal.warn(`ems: the service answers on ${service.url}`);
  await interruption(signal);
  terminal.warn('ems: the service stops');
}

interface ServedScanner {
  close(): Promise<void>;
  readonly make: ScannerFactory;
  readonly symbols: readonly string[] | undefined;
}

/** What makes the scanner of the flags; what is wrong with them shows before anything listens. */
async function scannerOf(
  flags: ServeFlags,
  { env, signal }: Context,
  logger: Logger,
): Promise<ServedScanner> {
  const { EnhancedMarketScanner } = await import('../scanner/enhanced-market-scanner.js');
  const { cachedProvider } = await import('../providers/cached.js');
  const { passThrough } = await import('../providers/pass-through.js');
  const { openSource, presentOf, symbolsOf } = await import('./source.js');
  const { readSettings } = await import('./settings.js');
  const { resolveSymbol } = await import('./symbol-name.js');
  const { secondOpinion } = await import('./second-opinion.js');
  const { interval, fleet } = flags;
  // Workers of a fleet ask for themselves.
  const streams = flags.streams && fleet === undefined;
  const settings = await readSettings(flags, env);
  const config = { ...settings, ...(interval !== undefined && { scanIntervalMs: interval }) };
  const budget = fleet === undefined ? undefined : await budgetOf(fleet, flags.address);
  const { provider: first, isLive } = await openSource(flags.source, {
    ...{ baseUrl: flags.baseUrl, env, budget, warn: logger.warn },
    ...{ streamHistory: streams, streamBooks: streams },
  });
  const follows = isLive && flags.at === undefined;
  // An exchange that is away when the service begins is an alert, not the end of it; it is asked for what was typed alone.
  const asks = !follows || flags.symbols !== undefined;
  const begin = flags.at ?? (asks ? await presentOf(first, signal) : 0);
  const known = asks ? await symbolsOf(first, begin, signal) : [];
  const startedAt = performance.now();
  const source = cachedProvider(first, { logger, live: streams && follows });
  return {
    close: async () => {
      await source.close?.();
      await budget?.close();
    },
    symbols: flags.symbols?.map((typed) => resolveSymbol(typed, known)),
    async make() {
      return new EnhancedMarketScanner({
        // The source outlives the scanner: a pause that an exchange has asked for must not be forgotten with it.
        provider: { ...passThrough(source), close: async () => {} },
        aiScorer: await secondOpinion(env),
        executor: fleet === undefined ? undefined : await executorOf(fleet, flags.source),
        config,
        logger,
        // Where market time stands still, it goes on from there as time goes by.
        clock: follows ? undefined : () => begin + Math.floor(performance.now() - startedAt),
      });
    },
  };
}

async function executorOf(redis: string, source: string): Promise<ScanExecutor> {
  const { fleetExecutor } = await import('../executors/fleet/fleet-executor.js');
  return fleetExecutor({ redis, source });
}

/** What the fleet may ask of the exchange; without Redis this process scans alone, and spends so. */
async function budgetOf(redis: string, address: string | undefined): Promise<FleetRateBudget> {
  const { fleetRateBudget } = await import('../executors/fleet/fleet-rate-budget.js');
  return fleetRateBudget({ redis, address, whenAway: 'spend' });
}

function portOf({ ENHANCED_SCANNER_PORT: port }: Environment): number {
  // Its form was checked with the settings.
  return port === undefined || port.trim() === '' ? PORT : Number(port);
}

async function workersOf(
  fleet: string,
  { DOCKER_CONTAINER_COUNT: count = '' }: Environment,
): Promise<Pick<KeeperOptions, 'workers' | 'expectedWorkers'>> {
  const { fleetStatus } = await import('../executors/fleet/fleet-status.js');
  return {
    workers: async () => (await fleetStatus(fleet)).workers,
    expectedWorkers: count.trim() === '' ? undefined : Number(count),
  };
}
