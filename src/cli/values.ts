import { quote } from '../errors.js';
import { isTimeframe, TIMEFRAMES, type Timeframe } from '../market/timeframe.js';
import { EXIT, Refusal } from './exit-code.js';

// What a flag's text means. Each reader refuses in one sentence: the flag, what it takes, what it was given.

const ISO_MOMENT =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?)?$/;

/** A reader of moments as epoch milliseconds: ISO 8601, in UTC where no offset is given, or the number itself. */
export function readMoment(flag: string): (text: string) => number {
  return (text) => {
    const time = /^\d{10,}$/.test(text) ? Number(text) : isoTime(text);
    if (Number.isSafeInteger(time) && time <= MAX_TIME) return time;
    throw refusal(
      flag,
      'an ISO date such as 2024-05-01T00:00:00Z, or epoch milliseconds such as 1714521600000',
      text,
    );
  };
}

// The last moment that `Date` can name.
const MAX_TIME = 8.64e15;

function isoTime(text: string): number {
  const [, date, clock = '00:00', zone = 'Z'] = ISO_MOMENT.exec(text) ?? [];
  // `Date` rolls 31 February over into March; a date that does not come back unchanged does not exist.
  const midnight = Date.parse(`${date}T00:00Z`);
  const exists = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
  return exists ? Date.parse(`${date}T${clock}${zone}`) : Number.NaN;
}

/** The timeframes of `--timeframes`, shortest first and each once. */
export function readTimeframes(text: string): readonly Timeframe[] {
  const names = readList('--timeframes', 'names such as 5m,1h', text);
  for (const name of names)
    if (!isTimeframe(name))
      throw refusal('--timeframes', `names out of ${TIMEFRAMES.join(', ')}`, name);
  return TIMEFRAMES.filter((timeframe) => names.includes(timeframe));
}

/** A reader of one timeframe. */
export function readTimeframe(flag: string): (text: string) => Timeframe {
  return (text) => {
    if (isTimeframe(text)) return text;
    throw refusal(flag, `one of ${TIMEFRAMES.join(', ')}`, text);
  };
}

/** The symbols of `--symbols`, as typed. */
export function readSymbols(text: string): readonly string[] {
  return readList('--symbols', 'names such as BTC/USDT,ETH/USDT', text);
}

function readList(flag: string, expected: string, text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw refusal(flag, `${expected}, separated by commas`, text);
  return [...new Set(names)];
}

/** A reader of whole numbers from `least` up. */
export function readWhole(flag: string, least: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw refusal(flag, `a whole number from ${least} up`, text);
  };
}

/** A reader of fractions, 0 to 1. */
export function readShare(flag: string): (text: string) => number {
  return (text) => {
    const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
    if (value <= 1) return value;
    throw refusal(flag, 'a number from 0 to 1', text);
  };
}

const DECIMAL = /^\d*\.?\d+$/;

/** A reader of amounts of money: finite, not negative, decimals allowed, `k`, `m` and `b` for thousands, millions and billions. */
export function readAmount(flag: string): (text: string) => number {
  return (text) => {
    const match = /^(\d+(?:\.\d+)?)([kmb])?$/i.exec(text.replaceAll('_', ''));
    const value = Number(match?.[1]) * (SCALE[match?.[2]?.toLowerCase() ?? ''] ?? 1);
    if (Number.isFinite(value)) return value;
    throw refusal(flag, 'an amount such as 250000, 250k or 1.5m', text);
  };
}

const SCALE: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 };

/** A reader of durations in milliseconds: `500ms`, `30s`, `5m`, `2h`, `1d`. */
export function readDuration(flag: string): (text: string) => number {
  return (text) => {
    const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text);
    const value = Number(match?.[1]) * (DURATION_MS[match?.[2] ?? ''] ?? Number.NaN);
    if (text === '0') return 0;
    if (Number.isInteger(value) && value <= LONGEST_DELAY_MS) return value;
    throw refusal(flag, 'a duration such as 30s, 5m or 1h, at most 24d', text);
  };
}

// Timers of JavaScript keep no longer delay; they would fire at once.
const LONGEST_DELAY_MS = 2_147_483_647;

const DURATION_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

function refusal(flag: string, expected: string, found: string): Refusal {
  return new Refusal(EXIT.usage, `${flag} takes ${expected}, was ${quote(found)}`);
}
