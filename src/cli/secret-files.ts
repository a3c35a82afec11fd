import { readFileSync } from 'node:fs';
import type { Environment } from '../scanner/env.js';
import { EXIT, Refusal } from './exit-code.js';

/** Variables whose value may stand in a file, as orchestrators mount secrets: `EMS_TOKEN_FILE` names the file of `EMS_TOKEN`. */
const SECRETS = [
  'BITGET_API_KEY',
  'BITGET_API_SECRET',
  'BITGET_API_PASSWORD',
  'EMS_FLEET',
  'EMS_MCP_TOKEN',
  'EMS_TOKEN',
  'MCP_SERVER_TOKEN',
] as const;

/** The environment with the secrets that stand in files. A variable that is set itself wins over its file. */
export function withSecretFiles(env: Environment): Environment {
  const found = SECRETS.flatMap((name) => {
    const path = env[`${name}_FILE`]?.trim();
    return !path || env[name]?.trim() ? [] : [[name, readSecret(`${name}_FILE`, path)]];
  });
  return { ...env, ...Object.fromEntries(found) };
}

function readSecret(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Refusal(EXIT.usage, `${variable} must name a readable file (${code})`);
  }
}
