import { CandleSeries } from '../market/candle-series.js';
import { CandleTicker } from '../market/ticker-from-candles.js';
import { type Timeframe, timeframeMs } from '../market/timeframe.js';
import { type ReadWindow, readWindow } from '../scanner/read-window.js';
import { type ScoredWith, scoringInputOf } from '../scanner/scoring-input.js';
import { MARKET_RULES, TICKER_RULES } from '../scanner/universe-rules.js';
import { candleWindow } from '../scanner/window.js';
import { checkFactors } from '../scoring/check-factors.js';
import { Judgement } from '../scoring/judgement.js';
import type { ReplayHistory } from './replay-history.js';

/**
 * One symbol as the scanner would have seen it, moment by moment.
 *
 * The windows, readings and scoring are the scanner's own. A window's start depends on time alone, so what is judged here
 * equals, bit for bit, what a live scanner over the same candles would have judged at that moment; and what closed later is
 * not in any view that is handed on.
 */
export class SymbolReplay {
  readonly history: ReplayHistory;
  readonly #settings: ScoredWith;
  readonly #views: readonly TimeframeView[];
  readonly #windows = new Map<Timeframe, ReadWindow>();
  readonly #ticker: CandleTicker;

  /** @throws ScannerError `config` when a factor cannot be weighed. */
  constructor(history: ReplayHistory, settings: ScoredWith) {
    checkFactors(settings.factors);
    this.history = history;
    this.#settings = settings;
    const { market, base, baseTimeframe } = history;
    this.#ticker = new CandleTicker(market.symbol, base, baseTimeframe);
    this.#views = settings.config.timeframes.flatMap((timeframe) => {
      const candles = history.candles.get(timeframe);
      return candles === undefined ? [] : [new TimeframeView(timeframe, candles)];
    });
  }

  /**
   * What the scanner thinks of the symbol at a moment.
   *
   * @param asOf - Epoch milliseconds, later than every moment asked before.
   * @returns `undefined` where it has no candles yet or a rule of the universe keeps it out.
   */
  judge(asOf: number): Judgement | undefined {
    const { config } = this.#settings;
    const { market } = this.history;
    const ticker = this.#ticker.at(asOf);
    if (ticker === undefined) return undefined;
    if (MARKET_RULES.some(({ check }) => check(market, config, asOf) !== undefined))
      return undefined;
    if (TICKER_RULES.some(({ check }) => check(ticker, config) !== undefined)) return undefined;
    const candles = new Map<Timeframe, CandleSeries>();
    for (const view of this.#views) {
      const isNew = view.advance(config.candleLimit, asOf);
      if (view.candles.length === 0) continue;
      candles.set(view.timeframe, view.candles);
      if (isNew) readWindow(this.#windows, view.timeframe, view.from, view.candles);
    }
    if (candles.size === 0) return undefined;
    const data = { candles, orderBook: undefined, trades: undefined };
    return new Judgement(
      scoringInputOf({ market, ticker }, data, this.#windows, this.#settings, asOf),
    );
  }
}

/** The scanner's window of one timeframe as time goes on. */
class TimeframeView {
  readonly timeframe: Timeframe;
  readonly #all: CandleSeries;
  readonly #span: number;
  #end = 0;
  #from = Number.NaN;
  #candles = CandleSeries.empty();

  constructor(timeframe: Timeframe, candles: CandleSeries) {
    this.timeframe = timeframe;
    this.#all = candles;
    this.#span = timeframeMs(timeframe);
  }

  /** Open time of the first candle the window may hold. */
  get from(): number {
    return this.#from;
  }

  /** The candles in it; made anew only when they change. */
  get candles(): CandleSeries {
    return this.#candles;
  }

  /** Moves on to `asOf`. @returns Whether other candles are in it than before. */
  advance(limit: number, asOf: number): boolean {
    const { time, length } = this.#all;
    const before = this.#end;
    while (this.#end < length && time[this.#end] + this.#span <= asOf) this.#end++;
    const { from } = candleWindow(this.timeframe, limit, asOf);
    if (from === this.#from && this.#end === before) return false;
    this.#from = from;
    this.#candles = this.#all.slice(Math.min(this.#all.indexAt(from), this.#end), this.#end);
    return true;
  }
}
