import { isTimeframe, type Timeframe } from '../../market/timeframe.js';

/** What the name of a candle file says: `BTC-USDT-5m.csv.gz`, or `BTC-USDT-USDT-5m.csv` for a perpetual. */
export interface CandleFileName {
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly timeframe: Timeframe;
  readonly format: 'csv' | 'ndjson';
  readonly gzipped: boolean;
}

const WORD = '[\\p{L}\\p{N}]+';
const PATTERN: RegExp = new RegExp(
  `^(${WORD})-(${WORD})(?:-(${WORD}))?-(\\d+[mhdw])\\.(csv|ndjson)(\\.gz)?$`,
  'u',
);

/** What a file named after two currencies holds: candles of a spot market, or of a perpetual that settles in the second. */
export type FileMarketType = 'spot' | 'swap';

/** Reads a file name; `undefined` where it is not that of a candle file. */
export function parseFileName(
  name: string,
  marketType: FileMarketType,
): CandleFileName | undefined {
  const match = PATTERN.exec(name);
  if (match === null) return undefined;
  const [, base, quote, named, timeframe, format, gz] = match;
  const settle = named ?? (marketType === 'swap' ? quote : undefined);
  if (!isTimeframe(timeframe)) return undefined;
  return {
    symbol: settle === undefined ? `${base}/${quote}` : `${base}/${quote}:${settle}`,
    base,
    quote,
    timeframe,
    format: format as 'csv' | 'ndjson',
    gzipped: gz !== undefined,
  };
}
