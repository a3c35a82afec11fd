import ti from 'technicalindicators';
import type { Peer } from './peer.js';

/** Its stochastic is the fast one, and it has no slope. */
export const peer: Peer = {
  name: 'technicalindicators',
  indicators: {
    rsi: ({ close }) => ti.RSI.calculate({ period: 14, values: close }),
    macd: ({ close }) =>
      ti.MACD.calculate({
        values: close,
        fastPeriod: 12,
        slowPeriod: 26,
        signalPeriod: 9,
        SimpleMAOscillator: false,
        SimpleMASignal: false,
      }).map(({ histogram }) => histogram ?? Number.NaN),
    ema20: ({ close }) => ti.EMA.calculate({ period: 20, values: close }),
    ema50: ({ close }) => ti.EMA.calculate({ period: 50, values: close }),
    ema200: ({ close }) => ti.EMA.calculate({ period: 200, values: close }),
    sma20: ({ close }) => ti.SMA.calculate({ period: 20, values: close }),
    atr: ({ high, low, close }) => ti.ATR.calculate({ period: 14, high, low, close }),
    adx: ({ high, low, close }) =>
      ti.ADX.calculate({ period: 14, high, low, close }).map(({ adx }) => adx),
    bollinger: ({ close }) =>
      ti.BollingerBands.calculate({ period: 20, values: close, stdDev: 2 }).map((b) => b.upper),
    stochastic: ({ high, low, close }) =>
      ti.Stochastic.calculate({ period: 14, signalPeriod: 3, high, low, close }).map(({ d }) => d),
    obv: ({ close, volume }) => ti.OBV.calculate({ close, volume }),
    vwap: ({ high, low, close, volume }) => ti.VWAP.calculate({ high, low, close, volume }),
    mfi: ({ high, low, close, volume }) =>
      ti.MFI.calculate({ period: 14, high, low, close, volume }),
  },
};
