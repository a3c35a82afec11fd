import { quote, ScannerError } from '../errors.js';
import type { Market } from '../market/market.js';
import type { Ticker } from '../market/ticker.js';

/** What a field must be, in words and as a test. */
interface FieldRule<Entry> {
  readonly field: keyof Entry & string;
  readonly must: string;
  readonly holds: (value: unknown, entry: Entry) => boolean;
}

const MARKET_RULES: readonly FieldRule<Market>[] = [
  { field: 'base', must: 'be a name', holds: isName },
  { field: 'quote', must: 'be a name', holds: isName },
  { field: 'tickSize', must: 'be finite and above 0', holds: isPositive },
  { field: 'lotSize', must: 'be finite and above 0', holds: isPositive },
  { field: 'minNotional', must: 'be finite and not negative', holds: isAmount },
  // A venue may pay its takers.
  { field: 'takerFeeBps', must: 'be finite', holds: Number.isFinite },
  { field: 'listedAt', must: 'be whole epoch milliseconds', holds: orAbsent(Number.isSafeInteger) },
];

const TICKER_RULES: readonly FieldRule<Ticker>[] = [
  { field: 'time', must: 'be whole epoch milliseconds', holds: Number.isSafeInteger },
  { field: 'last', must: 'be a finite price above 0', holds: isPositive },
  { field: 'bid', must: 'be a finite price above 0', holds: orAbsent(isPositive) },
  { field: 'ask', must: 'be a finite price above 0', holds: orAbsent(isPositive) },
  { field: 'bid', must: 'not be above ask', holds: (_, { bid = 0, ask = bid }) => bid <= ask },
  { field: 'quoteVolume24h', must: 'be finite and not negative', holds: orAbsent(isAmount) },
  { field: 'change24h', must: 'be finite and above -1', holds: orAbsent(isChange) },
];

/** What makes a market's trading rules unusable, as a `bad_data` error; `undefined` when nothing does. */
export function marketFault(market: Market): ScannerError | undefined {
  return faultBy(MARKET_RULES, 'market', market);
}

/** What makes a ticker unusable, as a `bad_data` error; `undefined` when nothing does. */
export function tickerFault(ticker: Ticker): ScannerError | undefined {
  return faultBy(TICKER_RULES, 'ticker', ticker);
}

function faultBy<Entry extends { readonly symbol: string }>(
  rules: readonly FieldRule<Entry>[],
  what: string,
  entry: Entry,
): ScannerError | undefined {
  const broken = rules.find(({ field, holds }) => !holds(entry[field], entry));
  if (broken === undefined) return undefined;
  const { field, must } = broken;
  const message = `${what}: ${field} must ${must}, was ${quote(entry[field])}`;
  return new ScannerError('bad_data', message, { symbol: entry.symbol });
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isPositive(value: unknown): boolean {
  return Number.isFinite(value) && (value as number) > 0;
}

function isAmount(value: unknown): boolean {
  return Number.isFinite(value) && (value as number) >= 0;
}

function isChange(value: unknown): boolean {
  return Number.isFinite(value) && (value as number) > -1;
}

function orAbsent(holds: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === undefined || holds(value);
}
