import type { Candle, CandleSeries } from '../market/candle-series.js';
import { timeframeMs } from '../market/timeframe.js';
import { parseScannerConfig } from '../scanner/config-schema.js';
import { Account } from './account.js';
import type { BacktestOptions, BacktestRun, TradingTerms } from './backtest-run.js';
import { EquityCurve } from './equity-curve.js';
import type { Order } from './order.js';
import { isRedenominated } from './redenomination.js';
import type { ReplayHistory } from './replay-history.js';
import type { ReplaySpan } from './replay-span.js';
import type { SymbolSignals } from './symbol-signals.js';
import { termsOf } from './trading-terms.js';

const DEFAULT_EQUITY = 10_000;

/** One symbol on its way through the past. */
interface Walk {
  readonly history: ReplayHistory;
  readonly baseMs: number;
  /** Its signals, and how many of them have been looked at. */
  readonly orders: readonly Order[];
  asked: number;
  /** Index of the next base candle to close. */
  next: number;
  pending: { readonly order: Order; readonly at: number } | undefined;
}

/** All symbols side by side, traded from one account: at each step fills, then marks, then orders. */
export class Book {
  readonly #span: ReplaySpan;
  readonly #signals: readonly SymbolSignals[];
  readonly #walks: readonly Walk[];
  readonly #account: Account;
  readonly #curve: EquityCurve;
  readonly #terms: TradingTerms;
  readonly #startEquity: number;

  /** @param signals - In the order of the histories. */
  constructor(
    histories: readonly ReplayHistory[],
    signals: readonly SymbolSignals[],
    span: ReplaySpan,
    options: BacktestOptions,
  ) {
    const { equity = DEFAULT_EQUITY } = options;
    const config = parseScannerConfig(options.config);
    this.#span = span;
    this.#signals = signals;
    this.#walks = histories.map((history, i) => {
      const baseMs = timeframeMs(history.baseTimeframe);
      const next = history.base.indexAt(span.from - baseMs + 1);
      return { history, baseMs, orders: signals[i].orders, asked: 0, next, pending: undefined };
    });
    this.#startEquity = equity;
    this.#terms = termsOf(histories, span, config, options);
    this.#account = new Account(equity, config, this.#terms.costs);
    this.#curve = new EquityCurve(equity);
  }

  /** Lives through the candles that close at `time`, and sends the orders that were decided on then. */
  step(time: number): void {
    let worst = 0;
    for (const walk of this.#walks) worst += this.#follow(walk, time);
    this.#curve.mark(time, this.#account.equity, worst, this.#account.exposure);
    this.#decide(time);
  }

  /** What it came to; positions still open are closed at the last price. */
  finish(): BacktestRun {
    for (const walk of this.#walks) this.#leave(walk);
    this.#curve.end(this.#account.equity);
    const orders = this.#signals.flatMap((each) => each.orders);
    return {
      from: this.#span.from,
      to: this.#span.to,
      symbols: this.#signals.map(({ symbol }) => symbol),
      terms: this.#terms,
      decisions: this.#signals.reduce((sum, { decisions }) => sum + decisions, 0),
      signals: orders.length,
      tradeable: orders.filter(({ tradeable }) => tradeable).length,
      trades: this.#account.trades,
      startEquity: this.#startEquity,
      days: this.#curve.days,
      equity: this.#curve.equity,
      maxDrawdown: this.#curve.maxDrawdown,
      exposure: this.#curve.meanExposure,
    };
  }

  /**
   * One symbol's candle that closes at `time`, if there is one. Before a redenomination a position is left at the last close.
   *
   * @returns What its position was worth at worst, less at close.
   */
  #follow(walk: Walk, time: number): number {
    const { history, baseMs, pending } = walk;
    const { base, market } = history;
    if (walk.next >= base.length || base.time[walk.next] + baseMs > time) return 0;
    const index = walk.next++;
    const isDue = pending !== undefined && index >= pending.at;
    if (!isDue && !this.#account.holds(market.symbol)) return 0;
    const candle = base.at(index) as Candle;
    const before = base.at(index - 1);
    if (index > 0 && before !== undefined && isRedenominated(before.close, candle.open)) {
      walk.pending = undefined;
      this.#account.liquidate(market.symbol, before, before.time + baseMs);
      return 0;
    }
    if (isDue) {
      this.#account.enter(pending.order, market, candle);
      walk.pending = undefined;
    }
    const finer = (): CandleSeries | undefined => finerCandles(history, candle.time, time);
    return this.#account.follow(market.symbol, candle, time, finer);
  }

  /** Where a symbol's candles end, so does its position, at the last close; an order on its way is filled by nobody. */
  #leave(walk: Walk): void {
    const { history, baseMs, next } = walk;
    const { symbol } = history.market;
    walk.pending = undefined;
    if (!this.#account.holds(symbol)) return;
    const candle = history.base.at(next - 1) as Candle;
    this.#account.liquidate(symbol, candle, candle.time + baseMs);
  }

  #decide(time: number): void {
    const orders: Order[] = [];
    for (const walk of this.#walks) {
      if (walk.next >= walk.history.base.length) {
        this.#leave(walk);
        continue;
      }
      const order = walk.orders[walk.asked];
      if (order?.decidedAt !== time) continue;
      walk.asked++;
      if (order.tradeable || this.#terms.tradeAll) orders.push(order);
    }
    if (orders.length > 0) this.#send(orders, time);
  }

  #send(orders: readonly Order[], time: number): void {
    const pending = this.#walks.flatMap((walk) => walk.pending?.order ?? []);
    const busy = new Set(pending.map(({ symbol }) => symbol));
    const free = orders.filter(({ symbol }) => !busy.has(symbol));
    const admitted = new Map(
      this.#account.admitted(free, pending).map((order) => [order.symbol, order]),
    );
    for (const walk of this.#walks) {
      const order = admitted.get(walk.history.market.symbol);
      if (order === undefined) continue;
      // While a longer candle than others' forms, its open is past: the order waits for the next.
      const isForming = walk.history.base.time[walk.next] < time;
      walk.pending = { order, at: walk.next + (isForming ? 1 : 0) + this.#terms.latencyBars };
    }
  }
}

function finerCandles(
  { finer }: ReplayHistory,
  from: number,
  to: number,
): CandleSeries | undefined {
  return finer?.slice(finer.indexAt(from), finer.indexAt(to));
}
