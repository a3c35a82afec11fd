import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { ScannerError } from '../errors.js';
import { isLoopback } from '../mcp/local-access.js';
import type { Listener } from '../scanner/events.js';
import type { Survey } from '../scanner/survey.js';
import type { KeeperOptions } from './keeper-options.js';
import { ScanKeeper } from './scan-keeper.js';
import { serviceApp } from './service-app.js';
import { ServiceGauges } from './service-gauges.js';
import type { ServiceEvents, ServiceStatus } from './service-status.js';

/** What a service is made of, and where and for whom it listens. */
export interface ServiceOptions extends KeeperOptions {
  /** 0 takes any free port. @defaultValue 8011 */
  readonly port?: number | undefined;
  /** @defaultValue '127.0.0.1' */
  readonly host?: string | undefined;
  /** What a caller must bear; needed to listen beyond this machine. The probes ask for none. */
  readonly token?: string | undefined;
  /** Names, without ports, that callers may know this server by, besides those of this machine. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Most bytes of a request. @defaultValue 64 KiB */
  readonly maxBodyBytes?: number | undefined;
}

/** A scanner that runs for long, with an HTTP server before it. */
export interface Service extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string;
  /** The newest scan that ended; `undefined` before the first. */
  readonly newest: Survey | undefined;
  status(): ServiceStatus;
  /** Listens; the result stops listening. */
  on<Event extends keyof ServiceEvents>(
    event: Event,
    listener: Listener<ServiceEvents[Event]>,
  ): () => void;
  /** Stops the scan under way and every connection. May be called again. */
  close(): Promise<void>;
}

const PORT = 8_011;
const MAX_BODY_BYTES = 64 * 1_024;

/**
 * Keeps a scanner scanning on its interval and serves what it finds: `/api/signals`, `/api/signals/SYMBOL`, `/api/summary`,
 * `/api/status`, `/metrics` for Prometheus, `/health` and `/ready` for whoever runs it. Alerts are raised and cleared after each
 * scan, and what can be mended is mended: see `recoveries` in its status.
 *
 * @throws ScannerError `config` when it would listen beyond this machine without a token; `network` when it cannot listen.
 *
 * @example
 * ```ts
 * import { EnhancedMarketScanner } from 'enhanced-market-scanner';
 * import { syntheticProvider } from 'enhanced-market-scanner/providers';
 * import { startService } from 'enhanced-market-scanner/service';
 *
 * await using service = await startService({
 *   scanner: () => new EnhancedMarketScanner({ provider: syntheticProvider({ now: Date.now }) }),
 *   port: 0,
 * });
 * service.on('alert', ({ kind, alert }) => console.log(kind, alert.message));
 * console.log(await (await fetch(`${service.url}/ready`)).json());
 * ```
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { host = '127.0.0.1', port = PORT, token, allowedHosts = [] } = options;
  if (!isLoopback(host) && !token) {
    throw new ScannerError('config', `a service on ${host} needs a token, there is none`);
  }
  const keeper = await ScanKeeper.create(options);
  const status = (): ServiceStatus => keeper.status();
  const gauges = new ServiceGauges(status);
  keeper.events.on('scan', ({ report }) => gauges.addScan(report));
  keeper.events.on('recovery', (recovery) => gauges.addRecovery(recovery));
  const app = serviceApp({
    status,
    survey: () => keeper.newest,
    gauges,
    token,
    allowedHosts: isLoopback(host) ? allowedHosts : [host, ...allowedHosts],
    maxBodyBytes: options.maxBodyBytes ?? MAX_BODY_BYTES,
  });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  try {
    await listen(server, port, host);
  } catch (error) {
    await keeper.close();
    throw error;
  }
  keeper.start();
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= Promise.all([shut(server), keeper.close()]).then(() => undefined);
    return closed;
  };
  return {
    url: urlOf(host, server.address() as AddressInfo),
    get newest() {
      return keeper.newest;
    },
    status,
    on: (event, listener) => keeper.events.on(event, listener),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function urlOf(host: string, { port }: AddressInfo): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = `cannot listen on ${host}:${port} (${cause.code})`;
      reject(new ScannerError('network', why, { cause }));
    });
    server.listen(port, host, resolve);
  });
}

function shut(server: Server): Promise<void> {
  const done = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  return done;
}
