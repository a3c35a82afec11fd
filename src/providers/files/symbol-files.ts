import { ScannerError } from '../../errors.js';
import type { CandleSeries } from '../../market/candle-series.js';
import { isPerpetual } from '../../market/is-perpetual.js';
import type { Market } from '../../market/market.js';
import { type Timeframe, timeframeMs } from '../../market/timeframe.js';
import { CandleShelf } from '../candle-shelf.js';
import type { CandleFile } from './candle-folder.js';
import type { CandleFileContent } from './candle-rows.js';
import { readCandleFile } from './read-candle-file.js';

/** Takers' fees at large exchanges, in basis points: files know no fees. */
const SPOT_TAKER_FEE_BPS = 10;
const SWAP_TAKER_FEE_BPS = 5;
/** Stands for steps that nothing readable shows. */
const FINEST_STEP = 1e-8;

/** All files of one symbol, read. */
export interface SymbolFiles {
  readonly shelf: CandleShelf;
  /** The content of the shortest timeframe's file. */
  readonly base: CandleFileContent;
}

/**
 * Reads the files of one symbol, but not those of timeframes that its shortest one can build.
 *
 * @param files - At least one, all of one symbol.
 * @throws ScannerError `bad_data` when a file is not sound, or two files speak of one timeframe.
 */
export async function readSymbolFiles(
  files: readonly CandleFile[],
  latest: number,
): Promise<SymbolFiles> {
  const [baseFile, ...others] = files.toSorted(
    (a, b) => timeframeMs(a.timeframe) - timeframeMs(b.timeframe),
  );
  refuseTwins([baseFile, ...others]);
  const base = await readCandleFile(baseFile, latest);
  const series = new Map<Timeframe, CandleSeries>([[baseFile.timeframe, base.candles]]);
  for (const file of others) {
    if (timeframeMs(file.timeframe) % timeframeMs(baseFile.timeframe) === 0) continue;
    series.set(file.timeframe, (await readCandleFile(file, latest)).candles);
  }
  return { shelf: new CandleShelf(baseFile.symbol, series), base };
}

function refuseTwins(sorted: readonly CandleFile[]): void {
  for (let i = 1; i < sorted.length; i++) {
    const { fileName, symbol, timeframe } = sorted[i];
    if (timeframe !== sorted[i - 1].timeframe) continue;
    throw new ScannerError(
      'bad_data',
      `${symbol} must have one file of ${timeframe}, has ${sorted[i - 1].fileName} and ${fileName}`,
      { symbol },
    );
  }
}

/** The market as its candles show it at a moment; `undefined` before the first of them closed. */
export function marketAt(file: CandleFile, read: SymbolFiles, asOf: number): Market | undefined {
  const newestOpen = asOf - timeframeMs(read.shelf.baseTimeframe);
  if (!(read.shelf.base.time[0] <= newestOpen)) return undefined;
  return market(
    file,
    read.base.priceDecimals.stepAt(newestOpen),
    read.base.volumeDecimals.stepAt(newestOpen),
  );
}

/** The market of files that cannot be read: listed, so that whoever asks for its candles learns why there are none. */
export function unreadableMarket(file: CandleFile): Market {
  return market(file, FINEST_STEP, FINEST_STEP);
}

function market({ symbol, base, quote }: CandleFile, tickSize: number, lotSize: number): Market {
  const takerFeeBps = isPerpetual(symbol) ? SWAP_TAKER_FEE_BPS : SPOT_TAKER_FEE_BPS;
  return { symbol, base, quote, tickSize, lotSize, minNotional: 0, takerFeeBps };
}
