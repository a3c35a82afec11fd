import { redactor } from '../redactor.js';
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
];
/** Those that hold an address, which may have a name and a password in it. */
const PROXIES = [
  'proxyUrl',
  'httpProxy',
  'httpsProxy',
  'socksProxy',
  'wsProxy',
  'wssProxy',
  'wsSocksProxy',
];
const QUERY = /\?[^\s"']*/g;

/** A text of ccxt's without credentials and without the parameters of addresses, where signatures are. */
export function redact(text: string, exchange: CcxtLike): string {
  const values = exchange as unknown as Readonly<Record<string, unknown>>;
  const secrets = [
    ...SECRETS.map((name) => values[name]),
    ...PROXIES.map((name) => passwordOf(values[name])),
  ].filter((value) => typeof value === 'string');
  return redactor(secrets)(text).replace(QUERY, '');
}

function passwordOf(address: unknown): string | undefined {
  const isAddress = typeof address === 'string' && URL.canParse(address);
  return isAddress ? new URL(address).password : undefined;
}
