import { quote } from '../errors.js';
import { nearestName } from '../scanner/nearest-name.js';
import { EXIT, Refusal } from './exit-code.js';

/**
 * The market that a user means: its exact symbol, or the only one with the same letters and digits (`btcusdt`, `BTC-USDT`), with or
 * without its venue where there are several.
 *
 * @param known - Symbols of the source; at least one.
 */
export function resolveSymbol(typed: string, known: readonly string[]): string {
  if (known.includes(typed)) return typed;
  const alike = known.filter(
    (symbol) => bare(symbol) === bare(typed) || bare(withoutVenue(symbol)) === bare(typed),
  );
  if (alike.length === 1) return alike[0];
  const hint =
    alike.length > 1
      ? `it could be ${alike.join(' or ')}`
      : `the nearest of its ${known.length} is ${nearestName(typed, known)}`;
  throw new Refusal(
    EXIT.usage,
    `a symbol must be one of the source, ${quote(typed)} is not: ${hint}`,
  );
}

/** `bitget:BTC/USDT:USDT` is `BTC/USDT:USDT` where no other venue has one. */
function withoutVenue(symbol: string): string {
  return symbol.replace(/^[a-z0-9-]+:/, '');
}

function bare(symbol: string): string {
  return symbol.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
}
