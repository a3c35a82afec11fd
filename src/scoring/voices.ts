import { quote } from '../errors.js';
import type { Timeframe } from '../market/timeframe.js';
import type { DataNeed, Factor, FactorInput, FactorReading, MarketSnapshot } from './factor.js';

/** What is known of one symbol at one moment; what could not be had is absent. */
export type PartialSnapshot = Pick<MarketSnapshot, 'market' | 'time' | 'ticker'> & {
  readonly [Need in DataNeed]?: MarketSnapshot[Need] | undefined;
};

/** What factors are asked with: a snapshot that may lack parts, and the timeframes that were asked for. */
export type PartialFactorInput = PartialSnapshot &
  Pick<FactorInput<never>, 'timeframes' | 'planTimeframe'>;

/** The question put to every factor about a snapshot. */
export function factorInput(
  snapshot: PartialSnapshot,
  timeframes: readonly Timeframe[],
  planTimeframe: Timeframe,
): PartialFactorInput {
  // Field by field: of all that a decision of a back-test costs, spreading a snapshot would be the dearest.
  return {
    market: snapshot.market,
    time: snapshot.time,
    ticker: snapshot.ticker,
    candles: snapshot.candles,
    readings: snapshot.readings,
    volumeProfile: snapshot.volumeProfile,
    regime: snapshot.regime,
    volatility: snapshot.volatility,
    orderBook: snapshot.orderBook,
    trades: snapshot.trades,
    timeframes,
    planTimeframe,
  };
}

/** One factor and what it said, or why it said nothing. */
export interface Voice {
  readonly factor: Factor;
  readonly reading: FactorReading | undefined;
  /** Why there is no reading; `undefined` when there is one. */
  readonly absence: string | undefined;
}

const MISSING_NEED: Readonly<Record<DataNeed, string>> = {
  candles: 'there are no candles',
  readings: 'there are no indicator readings',
  volumeProfile: 'there is no volume profile',
  regime: 'there is no reading of the regime',
  volatility: 'there is no reading of volatility',
  orderBook: 'there is no order book',
  trades: 'there are no trades',
};

/**
 * Asks every factor, in the order given.
 *
 * A factor whose data is missing, that has nothing to say, that throws, or whose reading is not legal (`bias` in -1 to +1,
 * `confidence` and `coverage` in 0 to 1) abstains and the reason is kept: one bad factor never spoils a symbol.
 */
export function evaluateFactors(
  factors: readonly Factor[],
  input: PartialFactorInput,
): readonly Voice[] {
  return factors.map((factor) => voiceOf(factor, input));
}

function voiceOf(factor: Factor, input: PartialFactorInput): Voice {
  for (const need of factor.needs) {
    if (input[need] === undefined) return absent(factor, MISSING_NEED[need]);
  }
  try {
    // Every declared need was just seen to be there.
    const reading = factor.evaluate(input as FactorInput<DataNeed>);
    if (reading === undefined) return absent(factor, 'the factor abstained');
    const complaint = complaintAbout(reading);
    return complaint === undefined
      ? { factor, reading, absence: undefined }
      : absent(factor, complaint);
  } catch (error) {
    return absent(factor, `the factor failed: ${messageOf(error)}`);
  }
}

function absent(factor: Factor, absence: string): Voice {
  return { factor, reading: undefined, absence };
}

// Factors can come from JavaScript, so the type of a reading proves nothing.
function complaintAbout(reading: FactorReading): string | undefined {
  if (typeof reading !== 'object' || reading === null) {
    return `the reading must be an object, was ${quote(reading)}`;
  }
  const { bias, confidence, coverage, reason } = reading;
  if (!isWithin(bias, -1)) return `bias must be -1 to 1, was ${quote(bias)}`;
  if (!isWithin(confidence, 0)) return `confidence must be 0 to 1, was ${quote(confidence)}`;
  if (coverage !== undefined && !isWithin(coverage, 0)) {
    return `coverage must be 0 to 1, was ${quote(coverage)}`;
  }
  if (typeof reason !== 'string' && typeof reason !== 'function') {
    return `reason must be a sentence or a function that gives one, was ${quote(reason)}`;
  }
  return undefined;
}

function isWithin(value: unknown, low: number): boolean {
  return typeof value === 'number' && value >= low && value <= 1;
}

/** The sentence of a voice: its reason, or why it abstained. Never throws, whoever wrote the factor. */
export function voiceSentence({ reading, absence }: Voice): string {
  if (reading === undefined) return `abstains: ${absence}`;
  if (typeof reading.reason === 'string') return reading.reason;
  try {
    const text: unknown = reading.reason();
    return typeof text === 'string' ? text : `the reason must be a sentence, was ${quote(text)}`;
  } catch (error) {
    return `the reason failed: ${messageOf(error)}`;
  }
}

function messageOf(error: unknown): string {
  return quote(error instanceof Error ? error.message : error);
}
