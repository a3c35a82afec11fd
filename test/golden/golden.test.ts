import { describe, expect, it } from 'vitest';
import { adx } from '../../src/analysis/indicators/adx.js';
import { atr } from '../../src/analysis/indicators/atr.js';
import { bollingerBands } from '../../src/analysis/indicators/bollinger-bands.js';
import { ema } from '../../src/analysis/indicators/ema.js';
import { linearSlope } from '../../src/analysis/indicators/linear-slope.js';
import { macd } from '../../src/analysis/indicators/macd.js';
import { mfi } from '../../src/analysis/indicators/mfi.js';
import { obv } from '../../src/analysis/indicators/obv.js';
import { rsi } from '../../src/analysis/indicators/rsi.js';
import { sma } from '../../src/analysis/indicators/sma.js';
import { stochastic } from '../../src/analysis/indicators/stochastic.js';
import { vwap } from '../../src/analysis/indicators/vwap.js';
import type { CandleSeries } from '../../src/market/candle-series.js';
import { hasShared } from '../shared-data.js';
import { type GoldenOutput, type GoldenSeries, goldenSeries } from './golden-series.js';

type Lines = Readonly<Record<string, Float64Array>>;
type Params = GoldenOutput['params'];

/** Our answer to each indicator of the reference, line by line. */
const ANSWERS: Readonly<Record<string, (candles: CandleSeries, p: Params) => Lines>> = {
  rsi: ({ close }, p) => ({ rsi: rsi(close, p.period) }),
  macd: ({ close }, p) => ({ ...macd(close, p.fast, p.slow, p.signal) }),
  ema20: ({ close }, p) => ({ ema: ema(close, p.period) }),
  ema50: ({ close }, p) => ({ ema: ema(close, p.period) }),
  ema200: ({ close }, p) => ({ ema: ema(close, p.period) }),
  sma20: ({ close }, p) => ({ sma: sma(close, p.period) }),
  atr: (candles, p) => ({ atr: atr(candles, p.period) }),
  adx: (candles, p) => ({ adx: adx(candles, p.period).adx }),
  bb: ({ close }, p) => ({ ...bollingerBands(close, p.period, p.dev) }),
  stoch: (candles, p) => ({ ...stochastic(candles, p.k, p.slow, p.d) }),
  obv: (candles) => ({ obv: obv(candles) }),
  mfi: (candles, p) => ({ mfi: mfi(candles, p.period) }),
  slope: ({ close }, p) => ({ slope: linearSlope(close, p.period) }),
  vwap: (candles) => ({ vwap: vwap(candles) }),
};

/** Share of a line's scale by which an answer may miss the reference; for its Bollinger bands, its own rounding. */
const TOLERANCE = 1e-12;
const BANDS_TOLERANCE = 1e-11;
/** Differences of nearly equal prices, known to a share of the price only. */
const DIFFERENCES: ReadonlySet<string> = new Set(['macd', 'slope']);
const PRICE_ROUNDING = 1e-15;

describe.skipIf(!hasShared)('reference vectors (skipped where ../shared is absent)', () => {
  for (const golden of goldenSeries()) {
    for (const [slot, output] of Object.entries(golden.outputs)) {
      it(`${golden.name}: ${slot} meets the reference in every row`, () => {
        expect(misses(golden, slot, output)).toEqual([]);
      });
    }
  }
});

function misses(golden: GoldenSeries, slot: string, output: GoldenOutput): string[] {
  const answer = ANSWERS[slot](golden.candles, output.params);
  const begin = output.begIndex ?? golden.candles.length;
  const found: string[] = [];
  for (const [line, expected] of Object.entries(output.exactLines ?? output.lines)) {
    const share = slot === 'bb' && output.exactLines === undefined ? BANDS_TOLERANCE : TOLERANCE;
    const slack = share * rootMeanSquare(expected) + priceRounding(slot, golden.candles);
    answer[line].forEach((actual, i) => {
      const wanted = i < begin ? Number.NaN : agreed(slot, golden, i, expected[i - begin]);
      const met = Number.isNaN(wanted)
        ? Number.isNaN(actual)
        : Math.abs(actual - wanted) <= share * Math.abs(wanted) + slack;
      if (!met) found.push(`${line}[${i}] is ${actual}, the reference says ${wanted}`);
    });
  }
  return found;
}

function rootMeanSquare(line: readonly (number | null)[]): number {
  const squares = line.reduce<number>((sum, value) => sum + (value ?? 0) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, line.length));
}

function priceRounding(slot: string, { close }: CandleSeries): number {
  return DIFFERENCES.has(slot) ? PRICE_ROUNDING * Math.max(...close) : 0;
}

// The one departure: the relative strength of a market that has never moved is undecided, 50, where TA-Lib says 0.
function agreed(slot: string, { candles }: GoldenSeries, i: number, value: number | null): number {
  const flat = candles.close.subarray(0, i + 1).every((close) => close === candles.close[0]);
  if (slot === 'rsi' && flat) return 50;
  return value ?? Number.NaN;
}
