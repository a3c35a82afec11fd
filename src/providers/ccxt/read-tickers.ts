import type { Ticker } from '../../market/ticker.js';
import { finite, positive } from './exchange.js';
import type { ListedMarket } from './listing.js';

/** A ticker as ccxt gives it. */
interface CcxtTicker {
  readonly symbol?: unknown;
  readonly timestamp?: unknown;
  readonly last?: unknown;
  readonly bid?: unknown;
  readonly ask?: unknown;
  readonly high?: unknown;
  readonly low?: unknown;
  readonly percentage?: unknown;
  readonly baseVolume?: unknown;
  readonly quoteVolume?: unknown;
}

/** What was read, and whose volume makes no sense. */
export interface ReadTickers {
  readonly tickers: ReadonlyMap<string, Ticker>;
  /** Symbols whose turnover over amount is no price of the day: their volume is left open. */
  readonly suspectUnits: readonly string[];
}

/** How far the mean price of the day may lie outside the day's range, as a factor: exchanges update one before the other. */
const RANGE_TOLERANCE = 1.5;

/** Tickers of markets; those without a last price are left out. A bid above the ask is no bid, and no ask. */
export function readTickers(
  answer: unknown,
  markets: ReadonlyMap<string, ListedMarket>,
  now: number,
): ReadTickers {
  const tickers = new Map<string, Ticker>();
  const suspectUnits: string[] = [];
  const entries = typeof answer === 'object' && answer !== null ? Object.values(answer) : [];
  for (const entry of entries as readonly CcxtTicker[]) {
    const listed = markets.get(String(entry?.symbol));
    const last = positive(entry?.last);
    if (listed === undefined || last === undefined) continue;
    const volume = quoteVolume(entry, last, listed.contractSize);
    const { symbol } = listed.market;
    if (volume === 'suspect') suspectUnits.push(symbol);
    tickers.set(symbol, {
      symbol,
      time: Number.isSafeInteger(entry.timestamp) ? (entry.timestamp as number) : now,
      last,
      ...bestPrices(entry),
      quoteVolume24h: volume === 'suspect' ? undefined : volume,
      change24h: change(entry.percentage),
    });
  }
  return { tickers, suspectUnits };
}

/** The best bid and ask of an answer, where both make sense. */
export function bestPrices(entry: { readonly bid?: unknown; readonly ask?: unknown }): {
  readonly bid: number | undefined;
  readonly ask: number | undefined;
} {
  const bid = positive(entry.bid);
  const ask = positive(entry.ask);
  const isCrossed = bid !== undefined && ask !== undefined && bid > ask;
  return isCrossed ? { bid: undefined, ask: undefined } : { bid, ask };
}

function change(percentage: unknown): number | undefined {
  const fraction = (finite(percentage) ?? Number.NaN) / 100;
  return fraction > -1 ? fraction : undefined;
}

/** Turnover in quote currency. */
function quoteVolume(
  entry: CcxtTicker,
  last: number,
  contractSize: number,
): number | 'suspect' | undefined {
  const amount = finite(entry.baseVolume) ?? 0;
  const turnover = finite(entry.quoteVolume);
  if (turnover === undefined) {
    // Contracts or coins: without turnover there is no telling which.
    if (contractSize !== 1 && amount > 0) return 'suspect';
    return entry.baseVolume === undefined ? undefined : amount * last;
  }
  const isSound =
    turnover >= 0 && (amount <= 0 || isPrice(turnover / amount, entry, last, contractSize));
  return isSound || turnover === 0 ? turnover : 'suspect';
}

/**
 * Whether turnover over amount is a mean price of the day, of one contract or of one coin; where it is neither, nobody knows
 * what the numbers count.
 */
function isPrice(
  mean: number,
  { low, high }: CcxtTicker,
  last: number,
  contractSize: number,
): boolean {
  const lowest = (positive(low) ?? last) / RANGE_TOLERANCE;
  const highest = (positive(high) ?? last) * RANGE_TOLERANCE;
  return [mean, mean / contractSize].some((price) => price >= lowest && price <= highest);
}
