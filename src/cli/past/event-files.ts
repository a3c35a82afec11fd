import type { ForecastLineOptions } from '../../backtest/forecast-lines.js';
import { readHistory } from '../../backtest/read-history.js';
import { ScannerError } from '../../errors.js';
import type { Market } from '../../market/market.js';
import type { Context } from '../context.js';
import { EXIT, Refusal } from '../exit-code.js';
import { type Past, requireSpan } from '../past.js';
import type { ProgressBar } from '../progress.js';
import { fingerprint } from './fingerprint.js';
import { packSymbol } from './packed-history.js';
import type { PastThreads } from './past-threads.js';
import { leaveOut } from './read-past.js';
import { goesOn, type WorkFolder } from './work-folder.js';

/** Who writes the forecasts, and where to. */
export interface EventWriters {
  readonly options: ForecastLineOptions;
  readonly threads: PastThreads;
  readonly work: WorkFolder;
  readonly bar: ProgressBar;
}

/** One symbol's forecasts, written or to be written. */
interface Piece {
  readonly market: Market;
  readonly history: Awaited<ReturnType<typeof readHistory>>;
  readonly print: string;
}

/** Writes every symbol's forecasts into a file of its own, by symbol. One without fit candles is named and left out. */
export async function eventFiles(
  past: Past,
  { options, threads, work, bar }: EventWriters,
  context: Context,
): Promise<readonly string[]> {
  const pieces = await readPieces(past, options, context);
  const missing = pieces.filter(({ market, print }) => !work.has(market.symbol, print));
  let done = pieces.length - missing.length;
  if (done > 0) context.terminal.warn(goesOn(work, pieces.length));
  const update = (symbol: string) => bar.update({ symbol, done, total: pieces.length });
  await Promise.all(
    missing.map(async ({ market, history, print }) => {
      await threads.run<'events'>(() => {
        update(market.symbol);
        const file = work.file(market.symbol, print);
        return { kind: 'events', history: packSymbol(history), market, options, file };
      });
      work.note(market.symbol, print);
      done++;
      update(market.symbol);
    }),
  );
  return pieces.map(({ market, print }) => work.file(market.symbol, print));
}

async function readPieces(
  { provider, markets, asOf, since }: Past,
  options: ForecastLineOptions,
  context: Context,
): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  for (const market of markets) {
    try {
      const history = await readHistory(provider, market.symbol, { asOf, since });
      const { base, baseMs, fast, slow } = history;
      requireSpan(market.symbol, base, baseMs, options);
      pieces.push({ market, history, print: fingerprint({ options, market }, [base, fast, slow]) });
    } catch (error) {
      if (!ScannerError.is(error)) throw error;
      leaveOut(market.symbol, error, context);
    }
  }
  if (pieces.length > 0) return pieces;
  throw new Refusal(EXIT.noSource, 'the source has no symbol to forecast');
}
