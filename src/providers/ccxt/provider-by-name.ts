import { quote, ScannerError } from '../../errors.js';
import type { DataProvider } from '../../ports/data-provider.js';
import { ccxtProvider } from './ccxt-provider.js';
import { type CcxtLike, isCapable } from './exchange.js';
import type { MarketType } from './listing.js';
import type { CcxtProviderOptions } from './provider-options.js';

/** How {@link ccxtProviderByName} makes an exchange. */
export interface CcxtByNameOptions extends Omit<CcxtProviderOptions, 'marketTypes'> {
  /** @defaultValue 'swap' where the exchange has perpetual contracts, for they can be sold short, else 'spot' */
  readonly marketType?: MarketType;
  /**
   * Where credentials are looked for: of bitget `BITGET_API_KEY`, `BITGET_API_SECRET` and `BITGET_API_PASSWORD`. Market data
   * needs none.
   * @defaultValue none
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

type ExchangeClass = new (settings: object) => CcxtLike;

/** Which listings to load of exchanges that keep several. */
const LISTINGS: Readonly<Record<string, Readonly<Record<MarketType, readonly string[]>>>> = {
  bitget: { spot: ['spot'], swap: ['swap'] },
  binance: { spot: ['spot'], swap: ['linear'] },
  binanceusdm: { spot: ['linear'], swap: ['linear'] },
  bybit: { spot: ['spot'], swap: ['linear'] },
  okx: { spot: ['spot'], swap: ['swap'] },
};

/**
 * A provider over an exchange that ccxt knows by name. Loads ccxt, which must be installed.
 *
 * @param name - ccxt's id, such as `bitget`, `binanceusdm`, `bybit`, `okx` or `kraken`.
 * @throws ScannerError `unsupported` when ccxt is not installed, `config` when it has no such exchange.
 *
 * @example
 * ```ts
 * import { ccxtProviderByName } from 'enhanced-market-scanner/providers/ccxt';
 *
 * const provider = await ccxtProviderByName('bitget', { env: process.env });
 * ```
 */
export async function ccxtProviderByName(
  name: string,
  options: CcxtByNameOptions = {},
): Promise<DataProvider> {
  const { env = {}, marketType, ...rest } = options;
  const Exchange = await findClass(name);
  const exchange = new Exchange({ ...credentials(name, env), options: { uta: false } });
  const type =
    marketType ?? (isCapable(exchange, 'swap') || name === 'binanceusdm' ? 'swap' : 'spot');
  const types = LISTINGS[name]?.[type];
  Object.assign(exchange.options, { defaultType: type }, types && { fetchMarkets: { types } });
  return ccxtProvider(exchange, { ...rest, marketTypes: [type] });
}

async function findClass(name: string): Promise<ExchangeClass> {
  const { default: ccxt } = await loadCcxt();
  const names = ccxt.exchanges as unknown as readonly string[];
  if (names.includes(name)) {
    // The class that streams, too, where there is one; nothing is connected before it is asked for.
    const { pro, ...plain } = ccxt as unknown as Readonly<Record<string, ExchangeClass>> &
      Readonly<Record<'pro', Readonly<Record<string, ExchangeClass>>>>;
    return pro[name] ?? plain[name];
  }
  throw new ScannerError('config', `ccxt has no exchange ${quote(name)}; bitget is one it has`);
}

async function loadCcxt(): Promise<typeof import('ccxt')> {
  try {
    return await import('ccxt');
  } catch (cause) {
    if (!/MODULE_NOT_FOUND$/.test(String((cause as { code?: unknown }).code))) throw cause;
    throw new ScannerError(
      'unsupported',
      'exchanges need the package ccxt, which is not installed: npm install ccxt',
      { cause },
    );
  }
}

function credentials(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const fields = { apiKey: 'API_KEY', secret: 'API_SECRET', password: 'API_PASSWORD' };
  for (const [field, suffix] of Object.entries(fields)) {
    const value = env[`${name.toUpperCase()}_${suffix}`];
    if (value !== undefined && value !== '') found[field] = value;
  }
  return found;
}
