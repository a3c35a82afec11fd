import { quote } from '../errors.js';
import { EXIT, Refusal } from './exit-code.js';

/** One of several sources. */
export interface NamedSource {
  /** What its symbols begin with: `bitget` of `bitget:BTC/USDT:USDT`. */
  readonly venue: string;
  readonly source: string;
}

/** A comma in a folder's name is no end: the next source begins with its kind. */
const BETWEEN = /,(?=(?:synthetic|files|ccxt)(?:[:,]|$))/;

/** The sources of a text such as `ccxt:bitget,ccxt:kraken:spot`. */
export function splitSources(text: string): readonly string[] {
  return text.split(BETWEEN);
}

/**
 * Names each of several sources by what it is of: an exchange, a folder, an invented market; by all of its text where that would
 * be the name of two.
 */
export function nameSources(sources: readonly string[]): readonly NamedSource[] {
  const named = sources.map((source) => {
    const short = shortName(source);
    const isTaken = sources.filter((other) => shortName(other) === short).length > 1;
    return { venue: isTaken ? venueName(longName(source)) : short, source };
  });
  const twice = named.find(({ venue }, i) => named.findIndex((each) => each.venue === venue) < i);
  if (twice === undefined) return named;
  throw new Refusal(
    EXIT.usage,
    `each --source must be another one, ${quote(twice.source)} was named twice`,
  );
}

/** The addresses of `--base-url` by venue: `bitget=http://host:1,kraken=http://host:2`. */
export function baseUrlsOf(
  text: string | undefined,
  venues: readonly NamedSource[],
): ReadonlyMap<string, string> {
  const urls = new Map<string, string>();
  for (const part of text?.split(',') ?? []) {
    const [venue, ...rest] = part.split('=');
    const isKnown = venues.some((each) => each.venue === venue && each.source.startsWith('ccxt:'));
    if (!isKnown || rest.length === 0) {
      const names = venues.map((each) => `${each.venue}=URL`).join(' or ');
      throw new Refusal(
        EXIT.usage,
        `with several sources --base-url takes ${names}, was ${quote(part)}`,
      );
    }
    urls.set(venue, rest.join('='));
  }
  return urls;
}

function shortName(source: string): string {
  const [kind, detail = ''] = source.split(':');
  if (kind === 'synthetic' || detail === '') return venueName(kind);
  if (kind === 'ccxt') return venueName(detail);
  return venueName(detail.split(/[\\/]/).findLast((part) => /[a-z0-9]/i.test(part)) ?? kind);
}

function longName(source: string): string {
  return source.startsWith('synthetic') ? source : source.slice(source.indexOf(':') + 1);
}

function venueName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
