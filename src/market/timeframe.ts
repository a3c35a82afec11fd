import { quote, ScannerError } from '../errors.js';

/** How long one candle lasts, in ccxt's spelling. */
export type Timeframe =
  | '1m'
  | '3m'
  | '5m'
  | '15m'
  | '30m'
  | '1h'
  | '2h'
  | '4h'
  | '6h'
  | '12h'
  | '1d'
  | '1w';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const DURATION_MS: Readonly<Record<Timeframe, number>> = {
  '1m': MINUTE,
  '3m': 3 * MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '2h': 2 * HOUR,
  '4h': 4 * HOUR,
  '6h': 6 * HOUR,
  '12h': 12 * HOUR,
  '1d': DAY,
  '1w': 7 * DAY,
};

/** Every timeframe, shortest first. */
export const TIMEFRAMES: readonly Timeframe[] = Object.keys(DURATION_MS) as Timeframe[];

// Weeks open on Monday; the Unix epoch was a Thursday.
const FIRST_MONDAY = 4 * DAY;

/** Whether `value` names a timeframe. */
export function isTimeframe(value: unknown): value is Timeframe {
  return typeof value === 'string' && Object.hasOwn(DURATION_MS, value);
}

/**
 * Reads a timeframe from outside.
 *
 * @throws ScannerError `config` for anything that is not in {@link TIMEFRAMES}.
 */
export function parseTimeframe(value: string): Timeframe {
  if (isTimeframe(value)) return value;
  throw new ScannerError(
    'config',
    `timeframe must be one of ${TIMEFRAMES.join(', ')}, was ${quote(value)}`,
  );
}

/** Length of a timeframe in milliseconds. */
export function timeframeMs(timeframe: Timeframe): number {
  return DURATION_MS[timeframe];
}

/** Open time of the candle that contains `time`: epoch-aligned, weeks from Monday 00:00 UTC. */
export function candleOpen(time: number, timeframe: Timeframe): number {
  const duration = DURATION_MS[timeframe];
  const offset = timeframe === '1w' ? FIRST_MONDAY : 0;
  return Math.floor((time - offset) / duration) * duration + offset;
}

/**
 * Whether the candle that opened at `openTime` is closed at the moment `asOf`.
 *
 * A candle is closed by the clock, never by its place in a list: exchanges differ in whether the last row is still forming.
 */
export function isClosed(openTime: number, timeframe: Timeframe, asOf: number): boolean {
  return openTime + DURATION_MS[timeframe] <= asOf;
}
