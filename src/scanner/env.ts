import { quote, ScannerError } from '../errors.js';
import type { ScannerConfigInput } from './config.js';

/** Environment variables by name, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

const SECOND = 1_000;

/**
 * Reads settings from environment variables. Pure; a variable that is empty or only spaces counts as absent, and unknown
 * names are ignored, for an environment is full of them.
 *
 * | variable | setting |
 * |---|---|
 * | `SCAN_INTERVAL` | `scanIntervalMs`, given in seconds |
 * | `MAX_POSITIONS` | `maxPositions` |
 * | `MIN_VOLUME` | `minQuoteVolume24h`, in quote currency |
 * | `DOCKER_CONTAINER_COUNT` | with `SHARD_INDEX` the number of shards, `shard.count`; alone `concurrency` |
 * | `SHARD_INDEX` | `shard.index`, from 0: which of the containers this one is |
 * | `MCP_SERVER_URL`, `MCP_MODELS`, `ENHANCED_SCANNER_PORT` | none: their form is checked here, so that a mistake shows at the start; the AI scorer and `ems serve` read them |
 * | `BITGET_API_KEY`, `BITGET_API_SECRET`, `BITGET_API_PASSWORD` | none: credentials go to the exchange object and never into a configuration |
 *
 * @throws ScannerError `config` naming the variable, what it must be and what it was; the values of secrets and of URLs,
 * which may hold secrets, are never repeated.
 *
 * @example
 * ```ts
 * import { configFromEnv } from 'enhanced-market-scanner';
 *
 * const config = configFromEnv({ SCAN_INTERVAL: '60', MIN_VOLUME: '2500000' });
 * console.log(config.scanIntervalMs); // 60000
 * ```
 */
export function configFromEnv(env: Environment): ScannerConfigInput {
  checkForOthers(env);
  const interval = number(env, 'SCAN_INTERVAL', 'a number of seconds above 0', (n) => n > 0);
  const minVolume = number(env, 'MIN_VOLUME', 'a number not below 0', (n) => n >= 0);
  const maxPositions = whole(env, 'MAX_POSITIONS', 1);
  return {
    ...(interval !== undefined && { scanIntervalMs: interval * SECOND }),
    ...(minVolume !== undefined && { minQuoteVolume24h: minVolume }),
    ...(maxPositions !== undefined && { maxPositions }),
    ...containers(env),
  };
}

/** One variable served the original system twice: it said how many workers there are, wherever they ran. */
function containers(env: Environment): Pick<ScannerConfigInput, 'concurrency' | 'shard'> {
  const count = whole(env, 'DOCKER_CONTAINER_COUNT', 1);
  const index = whole(env, 'SHARD_INDEX', 0);
  if (index === undefined) return count === undefined ? {} : { concurrency: count };
  if (count === undefined) {
    throw new ScannerError('config', 'SHARD_INDEX needs DOCKER_CONTAINER_COUNT, which was absent');
  }
  if (index >= count) {
    throw new ScannerError(
      'config',
      `SHARD_INDEX must be below DOCKER_CONTAINER_COUNT (${count}), was ${index}`,
    );
  }
  return { shard: { index, count } };
}

function checkForOthers(env: Environment): void {
  const port = whole(env, 'ENHANCED_SCANNER_PORT', 1);
  if (port !== undefined && port > 65_535) {
    throw new ScannerError('config', `ENHANCED_SCANNER_PORT must be at most 65535, was ${port}`);
  }
  const url = text(env, 'MCP_SERVER_URL');
  if (url !== undefined && !isPlainHttpUrl(url)) {
    throw new ScannerError(
      'config',
      'MCP_SERVER_URL must be an http or https URL without a user name or password in it',
    );
  }
  const models = text(env, 'MCP_MODELS');
  if (models?.split(',').some((model) => model.trim() === '')) {
    throw new ScannerError(
      'config',
      `MCP_MODELS must be names between commas, was ${quote(models)}`,
    );
  }
}

function isPlainHttpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

function whole(env: Environment, name: string, least: number): number | undefined {
  return number(
    env,
    name,
    `a whole number from ${least}`,
    (n) => Number.isSafeInteger(n) && n >= least,
  );
}

function number(
  env: Environment,
  name: string,
  expected: string,
  isRight: (value: number) => boolean,
): number | undefined {
  const value = text(env, name);
  if (value === undefined) return undefined;
  // `Number` would also take "0x10", "1e3" and "Infinity", none of which anyone means here.
  const parsed = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (isRight(parsed)) return parsed;
  throw new ScannerError('config', `${name} must be ${expected}, was ${quote(value)}`);
}

function text(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}
