import { ScannerError } from '../../errors.js';
import { FleetConnection, type FleetConnectionOptions } from './fleet-connection.js';

/** The packages a fleet is made with; both are optional peers of this one. */
export interface FleetPackages {
  readonly bullmq: typeof import('bullmq');
  /** Opens a connection; `rediss:` is TLS, and a password stands in the URL. */
  connect(url: string, options: FleetConnectionOptions): FleetConnection;
}

/** @throws ScannerError `config` when a package is not installed. */
export async function loadFleetPackages(): Promise<FleetPackages> {
  try {
    const [bullmq, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
    return { bullmq, connect: (url, options) => new FleetConnection(Redis, url, options) };
  } catch (cause) {
    throw new ScannerError('config', 'a fleet needs two packages: npm install bullmq ioredis', {
      cause,
    });
  }
}

/** @throws ScannerError `config` unless the text is a URL of Redis. The message does not repeat it: it may hold a password. */
export function requireRedisUrl(url: string): string {
  const { protocol } = URL.canParse(url) ? new URL(url) : { protocol: '' };
  if (protocol === 'redis:' || protocol === 'rediss:') return url;
  throw new ScannerError(
    'config',
    'a fleet takes the URL of its Redis, such as redis://localhost:6379 or rediss://:password@host:6380',
  );
}
