import { ScannerError } from '../errors.js';
import type { Candle, CandleSeries } from '../market/candle-series.js';
import { timeframeMs } from '../market/timeframe.js';
import { parseScannerConfig } from '../scanner/config-schema.js';
import { defaultFactors } from '../scoring/factors/default-factors.js';
import { Account } from './account.js';
import type { BacktestOptions, BacktestRun } from './backtest-run.js';
import { DEFAULT_COSTS } from './costs.js';
import { EquityCurve } from './equity-curve.js';
import { type Order, orderOf } from './order.js';
import { isRedenominated } from './redenomination.js';
import { type ReplayHistory, spanOf } from './replay-history.js';
import { SymbolReplay } from './symbol-replay.js';

const DEFAULT_EQUITY = 10_000;

/** One symbol on its way through the past. */
interface Walk {
  readonly symbol: string;
  readonly replay: SymbolReplay;
  readonly base: CandleSeries;
  readonly baseMs: number;
  /** Index of the next base candle to close. */
  next: number;
  pending: { readonly order: Order; readonly at: number } | undefined;
}

/** All symbols side by side: at each step fills, then marks, then decisions. */
export class Book {
  readonly from: number;
  readonly to: number;
  /** The shortest candle of any symbol. */
  readonly stepMs: number;
  readonly #walks: readonly Walk[];
  readonly #account: Account;
  readonly #curve: EquityCurve;
  readonly #everyMs: number;
  readonly #latencyBars: number;
  readonly #tradeAll: boolean;
  readonly #startEquity: number;
  #decisions = 0;
  #signals = 0;
  #tradeable = 0;

  /** @throws ScannerError `config` or `insufficient_data`. */
  constructor(histories: readonly ReplayHistory[], options: BacktestOptions) {
    const { costs = DEFAULT_COSTS, factors = defaultFactors, equity = DEFAULT_EQUITY } = options;
    const config = parseScannerConfig(options.config);
    const settings = { config, factors, modelCard: options.modelCard };
    this.#walks = histories.toSorted(bySymbol).map((history) => ({
      symbol: history.market.symbol,
      replay: new SymbolReplay(history, settings),
      base: history.base,
      baseMs: timeframeMs(history.baseTimeframe),
      next: 0,
      pending: undefined,
    }));
    const steps = this.#walks.map(({ baseMs }) => baseMs);
    this.stepMs = Math.min(...steps);
    this.#everyMs = options.everyMs ?? Math.max(...steps);
    const spans = histories.map(spanOf);
    const first = Math.min(...spans.map((span) => span.from));
    this.from = Math.ceil(Math.max(first, options.from ?? first) / this.stepMs) * this.stepMs;
    this.to = Math.min(
      options.to ?? Number.POSITIVE_INFINITY,
      ...[Math.max(...spans.map((span) => span.to))],
    );
    if (!(this.from < this.to)) {
      throw new ScannerError('insufficient_data', 'the span of the back-test holds no candle');
    }
    this.#latencyBars = options.latencyBars ?? 0;
    this.#tradeAll = options.tradeAll ?? true;
    this.#startEquity = equity;
    this.#account = new Account(equity, config, costs);
    this.#curve = new EquityCurve(equity);
    for (const walk of this.#walks) walk.next = walk.base.indexAt(this.from - walk.baseMs + 1);
  }

  /** Lives through the candles that close at `time`, and decides. */
  step(time: number): void {
    let worst = 0;
    for (const walk of this.#walks) worst += this.#follow(walk, time);
    this.#curve.mark(time, this.#account.equity, worst, this.#account.exposure);
    if (time % this.#everyMs === 0 && time < this.to) this.#decide(time);
  }

  /** What it came to; positions still open are closed at the last price. */
  finish(): BacktestRun {
    for (const { symbol, base, baseMs, next } of this.#walks) {
      const candle = base.at(next - 1);
      if (candle !== undefined && next > 0) {
        this.#account.liquidate(symbol, candle, candle.time + baseMs);
      }
    }
    this.#curve.end(this.#account.equity);
    return {
      from: this.from,
      to: this.to,
      symbols: this.#walks.map(({ symbol }) => symbol),
      decisions: this.#decisions,
      signals: this.#signals,
      tradeable: this.#tradeable,
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
    const { base, baseMs, symbol, pending } = walk;
    if (walk.next >= base.length || base.time[walk.next] + baseMs > time) return 0;
    const index = walk.next++;
    const isDue = pending !== undefined && index >= pending.at;
    if (!isDue && !this.#account.holds(symbol)) return 0;
    const candle = base.at(index) as Candle;
    const before = base.at(index - 1);
    if (index > 0 && before !== undefined && isRedenominated(before.close, candle.open)) {
      walk.pending = undefined;
      this.#account.liquidate(symbol, before, before.time + baseMs);
      return 0;
    }
    if (isDue) {
      this.#account.enter(pending.order, candle);
      walk.pending = undefined;
    }
    return this.#account.follow(symbol, candle, time);
  }

  #decide(time: number): void {
    const orders: Order[] = [];
    for (const { replay } of this.#walks) {
      const judgement = replay.judge(time);
      if (judgement === undefined) continue;
      this.#decisions++;
      const order = orderOf(judgement);
      if (order === undefined) continue;
      this.#signals++;
      if (order.tradeable) this.#tradeable++;
      if (order.tradeable || this.#tradeAll) orders.push(order);
    }
    if (orders.length > 0) this.#send(orders);
  }

  #send(orders: readonly Order[]): void {
    const pending = this.#walks.flatMap((walk) => walk.pending?.order ?? []);
    const busy = new Set(pending.map(({ symbol }) => symbol));
    const free = orders.filter(({ symbol }) => !busy.has(symbol));
    const admitted = new Map(
      this.#account.admitted(free, pending).map((order) => [order.symbol, order]),
    );
    for (const walk of this.#walks) {
      const order = admitted.get(walk.symbol);
      if (order !== undefined) walk.pending = { order, at: walk.next + this.#latencyBars };
    }
  }
}

function bySymbol({ market: a }: ReplayHistory, { market: b }: ReplayHistory): number {
  return a.symbol < b.symbol ? -1 : 1;
}
