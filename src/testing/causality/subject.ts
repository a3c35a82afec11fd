import type { ReplayHistory } from '../../backtest/replay-history.js';
import { SymbolReplay } from '../../backtest/symbol-replay.js';
import type { CandleSeries } from '../../market/candle-series.js';
import { resample } from '../../market/resample.js';
import type { Timeframe } from '../../market/timeframe.js';
import type { ScannerConfig } from '../../scanner/config.js';
import type { Factor, FactorReading } from '../../scoring/factor.js';

/** Makes a factor for one market: where numbers are worked out from its candles beforehand, this is where. */
export type FactorMaker = (candles: CandleSeries) => Factor;

/** What a factor said, as far as it counts; `undefined` where it abstained. */
export type Answer = Pick<FactorReading, 'bias' | 'confidence' | 'coverage'> | undefined;

const BASE: Timeframe = '5m';

/** A factor that is asked about markets, as the scanner would ask it. */
export class Subject {
  readonly #make: FactorMaker;
  readonly #config: ScannerConfig;

  constructor(make: FactorMaker, config: ScannerConfig) {
    this.#make = make;
    this.#config = config;
  }

  /** The factor on a market, for moments in any order. */
  on(candles: CandleSeries, config: ScannerConfig = this.#config): (time: number) => Answer {
    const factor = this.#make(candles);
    const history = historyOf(candles, config.timeframes);
    return (time) => answerOf(new SymbolReplay(history, { config, factors: [factor] }), time);
  }

  /** The factor on a market, for moments that only rise: as fast as a back-test. */
  along(candles: CandleSeries): (time: number) => Answer {
    const history = historyOf(candles, this.#config.timeframes);
    const replay = new SymbolReplay(history, {
      config: this.#config,
      factors: [this.#make(candles)],
    });
    return (time) => answerOf(replay, time);
  }
}

/** A market of which nothing is known but its candles. */
function historyOf(base: CandleSeries, timeframes: readonly Timeframe[]): ReplayHistory {
  const market = {
    symbol: 'CHECK/USDT',
    base: 'CHECK',
    quote: 'USDT',
    tickSize: 1e-6,
    lotSize: 1e-6,
    minNotional: 0,
    takerFeeBps: 10,
  };
  const candles = new Map(
    timeframes.map((timeframe) => [timeframe, resample(base, BASE, timeframe)]),
  );
  return { market, base, baseTimeframe: BASE, candles };
}

function answerOf(replay: SymbolReplay, time: number): Answer {
  const reading = replay.judge(time)?.voices[0].reading;
  return (
    reading && { bias: reading.bias, confidence: reading.confidence, coverage: reading.coverage }
  );
}
