import { ScannerError } from '../../errors.js';
import type { Market } from '../../market/market.js';
import { type CcxtMarket, finite, positive } from './exchange.js';

/** What can be traded: coins at once, or contracts on them without expiry. */
export type MarketType = 'spot' | 'swap';

/** A market of an exchange, and what its amounts are counted in. */
export interface ListedMarket {
  readonly market: Market;
  readonly type: MarketType;
  /** Base amount of one contract; 1 where amounts are in base already. */
  readonly contractSize: number;
}

/** ccxt's names of how it counts precision. */
const DECIMAL_PLACES = 2;
const SIGNIFICANT_DIGITS = 3;
/** What a taker pays where ccxt does not say. */
const USUAL_FEE_BPS = 10;
const BPS_PER_ONE = 10_000;

/**
 * The active markets of the given types, by symbol. Inverse contracts, whose amounts are money of the quote currency, are left
 * out, and so are markets without a price step: nobody could place an order there.
 *
 * @param answer - What ccxt's `fetchMarkets` gave.
 * @throws ScannerError `bad_data` when there is no list, or no market at all in it.
 */
export function listMarkets(
  answer: unknown,
  types: ReadonlySet<MarketType>,
  precisionMode: number | undefined,
): ReadonlyMap<string, ListedMarket> {
  const entries = typeof answer === 'object' && answer !== null ? Object.values(answer) : [];
  if (entries.length === 0)
    throw new ScannerError('bad_data', 'the exchange must list markets, listed none');
  const listed = new Map<string, ListedMarket>();
  for (const entry of entries as readonly CcxtMarket[]) {
    const type = typeOf(entry);
    if (type === undefined || !types.has(type) || entry.active === false) continue;
    const own = readMarket(entry, type, precisionMode);
    if (own !== undefined) listed.set(own.market.symbol, own);
  }
  return listed;
}

function typeOf({ spot, swap, linear }: CcxtMarket): MarketType | undefined {
  if (spot === true) return 'spot';
  return swap === true && linear === true ? 'swap' : undefined;
}

function readMarket(
  entry: CcxtMarket,
  type: MarketType,
  precisionMode: number | undefined,
): ListedMarket | undefined {
  const { symbol, base, quote, precision, limits, taker, created } = entry;
  const tickSize = step(precision?.price, precisionMode);
  if (!isName(symbol) || !isName(base) || !isName(quote) || tickSize === undefined)
    return undefined;
  const contractSize = type === 'swap' ? (positive(entry.contractSize) ?? 1) : 1;
  const lot = step(precision?.amount, precisionMode) ?? positive(limits?.amount?.min) ?? 1;
  const fee = finite(taker);
  return {
    type,
    contractSize,
    market: {
      symbol,
      base,
      quote,
      tickSize,
      lotSize: lot * contractSize,
      minNotional: positive(limits?.cost?.min) ?? 0,
      takerFeeBps: fee === undefined ? USUAL_FEE_BPS : fee * BPS_PER_ONE,
      listedAt: wholeTime(created),
    },
  };
}

/** A precision of ccxt's as a step; `undefined` where it is none. */
function step(precision: unknown, mode: number | undefined): number | undefined {
  const value = finite(precision);
  if (value === undefined || mode === SIGNIFICANT_DIGITS) return undefined;
  if (mode === DECIMAL_PLACES) return 10 ** -value;
  return value > 0 ? value : undefined;
}

function wholeTime(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
