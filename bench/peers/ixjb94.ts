import ixjb94 from '@ixjb94/indicators';
import type { Peer } from './peer.js';

const ta = new ixjb94.IndicatorsSync();

/** Its VWAP is a rolling one; a window of 14 stands in for the cumulative, which it does not have. */
export const peer: Peer = {
  name: '@ixjb94/indicators',
  indicators: {
    rsi: ({ close }) => ta.rsi(close, 14),
    macd: ({ close }) => ta.macd(close, 12, 26, 9)[2],
    ema20: ({ close }) => ta.ema(close, 20),
    ema50: ({ close }) => ta.ema(close, 50),
    ema200: ({ close }) => ta.ema(close, 200),
    sma20: ({ close }) => ta.sma(close, 20),
    atr: ({ high, low, close }) => ta.atr(high, low, close, 14),
    adx: ({ high, low }) => ta.adx(high, low, 14),
    bollinger: ({ close }) => ta.bbands(close, 20, 2)[2],
    stochastic: ({ high, low, close }) => ta.stoch(high, low, close, 14, 3, 3)[1],
    obv: ({ close, volume }) => ta.obv(close, volume),
    vwap: ({ high, low, close, volume }) => ta.vwap(high, low, close, volume, 14),
    mfi: ({ high, low, close, volume }) => ta.mfi(high, low, close, volume, 14),
    slope: ({ close }) => ta.linregslope(close, 50),
  },
};
