import type { Indicator } from '../../../src/analysis/indicator.js';
import { Adx, adx } from '../../../src/analysis/indicators/adx.js';
import { Atr, atr } from '../../../src/analysis/indicators/atr.js';
import {
  BollingerBands,
  bollingerBands,
} from '../../../src/analysis/indicators/bollinger-bands.js';
import {
  ChangeDeviation,
  changeDeviation,
} from '../../../src/analysis/indicators/change-deviation.js';
import {
  EfficiencyRatio,
  efficiencyRatio,
} from '../../../src/analysis/indicators/efficiency-ratio.js';
import { Ema, ema } from '../../../src/analysis/indicators/ema.js';
import {
  LinearSlope,
  linearSlope,
  linearSlopeT,
} from '../../../src/analysis/indicators/linear-slope.js';
import { Macd, macd } from '../../../src/analysis/indicators/macd.js';
import { Mfi, mfi } from '../../../src/analysis/indicators/mfi.js';
import { Obv, obv } from '../../../src/analysis/indicators/obv.js';
import {
  RelativeVolume,
  relativeVolume,
} from '../../../src/analysis/indicators/relative-volume.js';
import { Roc, roc } from '../../../src/analysis/indicators/roc.js';
import { Rsi, rsi } from '../../../src/analysis/indicators/rsi.js';
import { Sma, sma } from '../../../src/analysis/indicators/sma.js';
import { Stochastic, stochastic } from '../../../src/analysis/indicators/stochastic.js';
import { VolumeFlow, volumeFlow } from '../../../src/analysis/indicators/volume-flow.js';
import { RollingVwap, Vwap, vwap } from '../../../src/analysis/indicators/vwap.js';
import { Wilder, wilder } from '../../../src/analysis/indicators/wilder.js';
import type { Candle, CandleSeries } from '../../../src/market/candle-series.js';

/** Columns by line; an indicator of one line calls it `value`. */
export type Lines = Readonly<Record<string, Float64Array>>;

/** One indicator in both its forms. */
export interface Subject {
  readonly name: string;
  readonly lookback: number;
  /** What its outputs are measured in: the power of the price scale that they carry. */
  readonly unit: 'price' | 'none' | 'volume';
  batch(candles: CandleSeries): Lines;
  stream(candles: CandleSeries): Lines;
}

type Source = 'candles' | 'close' | 'volume';

function subject<Input, Output>(
  name: string,
  unit: Subject['unit'],
  kernel: () => Indicator<Input, Output>,
  batch: (candles: CandleSeries) => Float64Array | object,
  source: Source = 'candles',
): Subject {
  return {
    name,
    unit,
    lookback: kernel().lookback,
    batch: (candles) => {
      const out = batch(candles);
      return out instanceof Float64Array ? { value: out } : { ...(out as Lines) };
    },
    stream: (candles) => stream(candles, kernel() as Indicator<unknown, unknown>, source, batch),
  };
}

function stream(
  candles: CandleSeries,
  kernel: Indicator<unknown, unknown>,
  source: Source,
  batch: (candles: CandleSeries) => Float64Array | object,
): Lines {
  const shape = batch(candles);
  const lines = shape instanceof Float64Array ? ['value'] : Object.keys(shape);
  const out: Lines = Object.fromEntries(
    lines.map((line) => [line, new Float64Array(candles.length)]),
  );
  [...candles].forEach((candle, i) => {
    const given: Candle | number = source === 'candles' ? candle : candle[source];
    const step = kernel.next(given);
    for (const line of lines) {
      out[line][i] = typeof step === 'number' ? step : (step as Record<string, number>)[line];
    }
  });
  return out;
}

/** Every published indicator, with its default parameters unless the name says otherwise. */
export const EVERY_INDICATOR: readonly Subject[] = [
  subject(
    'sma',
    'price',
    () => new Sma(),
    ({ close }) => sma(close),
    'close',
  ),
  subject(
    'sma of 1',
    'price',
    () => new Sma(1),
    ({ close }) => sma(close, 1),
    'close',
  ),
  subject(
    'ema',
    'price',
    () => new Ema(),
    ({ close }) => ema(close),
    'close',
  ),
  subject(
    'wilder',
    'price',
    () => new Wilder(),
    ({ close }) => wilder(close),
    'close',
  ),
  subject(
    'rsi',
    'none',
    () => new Rsi(),
    ({ close }) => rsi(close),
    'close',
  ),
  subject(
    'macd',
    'price',
    () => new Macd(),
    ({ close }) => macd(close),
    'close',
  ),
  subject(
    'atr',
    'price',
    () => new Atr(),
    (candles) => atr(candles),
  ),
  subject(
    'adx',
    'none',
    () => new Adx(),
    (candles) => ({ adx: adx(candles).adx }),
  ),
  subject(
    'bollinger bands',
    'price',
    () => new BollingerBands(),
    ({ close }) => bollingerBands(close),
    'close',
  ),
  subject(
    'stochastic',
    'none',
    () => new Stochastic(),
    (candles) => stochastic(candles),
  ),
  subject(
    'mfi',
    'none',
    () => new Mfi(),
    (candles) => mfi(candles),
  ),
  subject(
    'obv',
    'volume',
    () => new Obv(),
    (candles) => obv(candles),
  ),
  subject(
    'vwap',
    'price',
    () => new Vwap(),
    (candles) => vwap(candles),
  ),
  subject(
    'vwap of 20',
    'price',
    () => new RollingVwap(20),
    (candles) => vwap(candles, 20),
  ),
  subject(
    'roc',
    'none',
    () => new Roc(),
    ({ close }) => roc(close),
    'close',
  ),
  subject(
    'linear slope',
    'price',
    () => new LinearSlope(),
    ({ close }) => ({ slope: linearSlope(close) }),
    'close',
  ),
  subject(
    'linear slope t',
    'none',
    () => new LinearSlope(),
    ({ close }) => ({ t: linearSlopeT(close) }),
    'close',
  ),
  subject(
    'efficiency ratio',
    'none',
    () => new EfficiencyRatio(),
    ({ close }) => efficiencyRatio(close),
    'close',
  ),
  subject(
    'change deviation',
    'price',
    () => new ChangeDeviation(),
    ({ close }) => changeDeviation(close),
    'close',
  ),
  subject(
    'volume flow',
    'none',
    () => new VolumeFlow(),
    (candles) => volumeFlow(candles),
  ),
  subject(
    'relative volume',
    'none',
    () => new RelativeVolume(),
    ({ volume }) => relativeVolume(volume),
    'volume',
  ),
];
