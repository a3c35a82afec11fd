import type { CandleSeries } from '../market/candle-series.js';
import { tickerFromCandles } from '../market/ticker-from-candles.js';
import { type Timeframe, timeframeMs } from '../market/timeframe.js';
import { type ScoredWith, scoringInputOf } from '../scanner/scoring-input.js';
import { MARKET_RULES, TICKER_RULES } from '../scanner/universe-rules.js';
import type { ReadWindow } from '../scanner/warm-windows.js';
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
  readonly #candles = new Map<Timeframe, CandleSeries>();

  /** @throws ScannerError `config` when a factor cannot be weighed. */
  constructor(history: ReplayHistory, settings: ScoredWith) {
    checkFactors(settings.factors);
    this.history = history;
    this.#settings = settings;
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
    const { market, base, baseTimeframe } = this.history;
    const ticker = tickerFromCandles(market.symbol, base, baseTimeframe, asOf);
    if (ticker === undefined) return undefined;
    if (MARKET_RULES.some(({ check }) => check(market, config, asOf) !== undefined))
      return undefined;
    if (TICKER_RULES.some(({ check }) => check(ticker, config) !== undefined)) return undefined;
    for (const view of this.#views) {
      const candles = view.window(config.candleLimit, asOf);
      if (candles !== undefined) this.#candles.set(view.timeframe, candles);
    }
    if (this.#candles.size === 0) return undefined;
    const data = { candles: this.#candles, orderBook: undefined, trades: undefined };
    return new Judgement(
      scoringInputOf({ market, ticker }, data, this.#windows, this.#settings, asOf),
    );
  }
}

/** The candles of one timeframe as time goes on; a view is made anew only when a candle has closed. */
class TimeframeView {
  readonly timeframe: Timeframe;
  readonly #candles: CandleSeries;
  readonly #span: number;
  #end = 0;
  #from = Number.NaN;
  #start = 0;
  #view: CandleSeries | undefined;

  constructor(timeframe: Timeframe, candles: CandleSeries) {
    this.timeframe = timeframe;
    this.#candles = candles;
    this.#span = timeframeMs(timeframe);
  }

  /** The scanner's window at `asOf`; `undefined` while it is empty. */
  window(limit: number, asOf: number): CandleSeries | undefined {
    const { from } = candleWindow(this.timeframe, limit, asOf);
    const isNew = this.#advance(asOf);
    if (from !== this.#from) {
      this.#from = from;
      this.#start = this.#candles.indexAt(from);
    } else if (!isNew) {
      return this.#view;
    }
    this.#view = this.#start < this.#end ? this.#candles.slice(this.#start, this.#end) : undefined;
    return this.#view;
  }

  #advance(asOf: number): boolean {
    const { time, length } = this.#candles;
    const before = this.#end;
    while (this.#end < length && time[this.#end] + this.#span <= asOf) this.#end++;
    return this.#end !== before;
  }
}
