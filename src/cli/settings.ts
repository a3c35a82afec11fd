import { readFile } from 'node:fs/promises';
import { quote } from '../errors.js';
import type { ScannerConfigInput } from '../scanner/config.js';
import { configFromEnv, type Environment } from '../scanner/env.js';
import { EXIT, Refusal } from './exit-code.js';
import type { ScanFlags } from './flags.js';

/** Flags that are settings of the scanner, or name some. */
type SettingFlags = Pick<
  ScanFlags,
  'config' | 'timeframes' | 'limit' | 'minVolume' | 'minScore' | 'equity' | 'concurrency'
>;

/** The scanner's settings: the environment, over it the file of `--config`, over both the flags. */
export async function readSettings(
  flags: SettingFlags,
  env: Environment,
): Promise<ScannerConfigInput> {
  const file = flags.config === undefined ? {} : await readConfigFile(flags.config);
  return { ...configFromEnv(env), ...file, ...settingsOfFlags(flags) };
}

function settingsOfFlags(flags: SettingFlags): ScannerConfigInput {
  const { timeframes, limit, minVolume, minScore, equity, concurrency } = flags;
  return {
    ...(timeframes !== undefined && { timeframes }),
    ...(limit !== undefined && { maxPositions: limit }),
    ...(minVolume !== undefined && { minQuoteVolume24h: minVolume }),
    ...(minScore !== undefined && { minScore }),
    ...(equity !== undefined && { equity }),
    ...(concurrency !== undefined && { concurrency }),
  };
}

/** The object in a JSON file; the scanner's schema judges what is in it. */
async function readConfigFile(path: string): Promise<ScannerConfigInput> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'does not exist' : `cannot be read (${error.code})`;
    throw new Refusal(EXIT.usage, `--config takes a JSON file, ${quote(path)} ${why}`);
  });
  const value = parseJson(text, path);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new Refusal(
    EXIT.usage,
    `--config takes a JSON object such as {"minScore": 0.3}, ${quote(path)} holds ${Array.isArray(value) ? 'a list' : quote(value)}`,
  );
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Refusal(EXIT.usage, `--config takes a JSON file, ${quote(path)} is not JSON: ${why}`);
  }
}
