import type { CcxtLike } from './exchange.js';

/** The properties of a ccxt exchange that hold what nobody else may read. */
const SECRETS = [
  'apiKey',
  'secret',
  'password',
  'uid',
  'login',
  'twofa',
  'privateKey',
  'walletAddress',
  'token',
  'accountId',
] as const;

const SHORTEST_SECRET = 4;
const QUERY = /\?[^\s"']*/g;

/** A text of ccxt's without credentials and without the parameters of addresses, where signatures are. */
export function redact(text: string, exchange: CcxtLike): string {
  let clean = text.replace(QUERY, '');
  const values = exchange as unknown as Readonly<Record<string, unknown>>;
  for (const name of SECRETS) {
    const value = values[name];
    if (typeof value === 'string' && value.length >= SHORTEST_SECRET) {
      clean = clean.replaceAll(value, '[redacted]');
    }
  }
  return clean;
}
