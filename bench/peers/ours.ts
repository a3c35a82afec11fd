import {
  Adx,
  Atr,
  adx,
  atr,
  BollingerBands,
  bollingerBands,
  Ema,
  ema,
  LinearSlope,
  linearSlope,
  Macd,
  Mfi,
  macd,
  mfi,
  Obv,
  obv,
  Rsi,
  rsi,
  Sma,
  Stochastic,
  sma,
  stochastic,
  Vwap,
  vwap,
} from '../../dist/analysis.js';
import { CANDLES } from '../workload.js';
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

const column = (): Float64Array => new Float64Array(CANDLES);
const [A, B, C] = [column(), column(), column()];

/** What the functions are made of, filling columns that the caller keeps instead of new ones. */
export const oursIntoKeptColumns: Peer = {
  name: 'enhanced-market-scanner, kept columns',
  indicators: {
    rsi: ({ candles }) => into(new Rsi(14), candles.close),
    macd: ({ candles: { close } }) => {
      new Macd(12, 26, 9).advance(close, { macd: A, signal: B, histogram: C }, CANDLES);
      return C;
    },
    ema20: ({ candles }) => into(new Ema(20), candles.close),
    ema50: ({ candles }) => into(new Ema(50), candles.close),
    ema200: ({ candles }) => into(new Ema(200), candles.close),
    sma20: ({ candles }) => into(new Sma(20), candles.close),
    atr: ({ candles }) => into(new Atr(14), candles),
    adx: ({ candles }) => {
      new Adx(14).advance(candles, { adx: A, plusDi: B, minusDi: C }, CANDLES);
      return A;
    },
    bollinger: ({ candles: { close } }) => {
      new BollingerBands(20, 2).advance(close, { upper: A, middle: B, lower: C }, CANDLES);
      return A;
    },
    stochastic: ({ candles }) => {
      new Stochastic(14, 3, 3).advance(candles, { k: A, d: B }, CANDLES);
      return B;
    },
    obv: ({ candles }) => into(new Obv(), candles),
    vwap: ({ candles }) => into(new Vwap(), candles),
    mfi: ({ candles }) => into(new Mfi(14), candles),
    slope: ({ candles }) => into(new LinearSlope(50), candles.close),
  },
};

function into<Input>(
  kernel: { advance(input: Input, out: Float64Array, count: number): void },
  input: Input,
): Float64Array {
  kernel.advance(input, A, CANDLES);
  return A;
}
