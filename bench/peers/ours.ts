import {
  adx,
  atr,
  bollingerBands,
  ema,
  linearSlope,
  macd,
  mfi,
  obv,
  rsi,
  sma,
  stochastic,
  vwap,
} from '../../dist/analysis.js';
import type { Peer } from './peer.js';

export const ours: Peer = {
  name: 'enhanced-market-scanner',
  indicators: {
    rsi: ({ candles }) => rsi(candles.close, 14),
    macd: ({ candles }) => macd(candles.close, 12, 26, 9).histogram,
    ema20: ({ candles }) => ema(candles.close, 20),
    ema50: ({ candles }) => ema(candles.close, 50),
    ema200: ({ candles }) => ema(candles.close, 200),
    sma20: ({ candles }) => sma(candles.close, 20),
    atr: ({ candles }) => atr(candles, 14),
    adx: ({ candles }) => adx(candles, 14).adx,
    bollinger: ({ candles }) => bollingerBands(candles.close, 20, 2).upper,
    stochastic: ({ candles }) => stochastic(candles, 14, 3, 3).d,
    obv: ({ candles }) => obv(candles),
    vwap: ({ candles }) => vwap(candles),
    mfi: ({ candles }) => mfi(candles, 14),
    slope: ({ candles }) => linearSlope(candles.close, 50),
  },
};
