import * as ts from 'trading-signals';
import type { Workload } from '../workload.js';
import type { Peer } from './peer.js';

interface Series<Input, Result> {
  add(input: Input): Result | null;
}

function fold<Input, Result>(
  inputs: readonly Input[],
  indicator: Series<Input, Result>,
  line: (result: Result) => number,
): number[] {
  const out: number[] = [];
  for (const input of inputs) {
    const result = indicator.add(input);
    if (result !== null) out.push(line(result));
  }
  return out;
}

const value = (result: number): number => result;
const overCloses =
  (create: () => Series<number, number>) =>
  ({ close }: Workload): number[] =>
    fold(close, create(), value);
const overRows =
  (create: () => Series<Workload['rows'][number], number>) =>
  ({ rows }: Workload): number[] =>
    fold(rows, create(), value);

export const peer: Peer = {
  name: 'trading-signals',
  indicators: {
    rsi: overCloses(() => new ts.RSI(14, ts.WSMA)),
    macd: ({ close }) =>
      fold(
        close,
        new ts.MACD(new ts.EMA(12), new ts.EMA(26), new ts.EMA(9)),
        (lines) => lines.histogram,
      ),
    ema20: overCloses(() => new ts.EMA(20)),
    ema50: overCloses(() => new ts.EMA(50)),
    ema200: overCloses(() => new ts.EMA(200)),
    sma20: overCloses(() => new ts.SMA(20)),
    atr: overRows(() => new ts.ATR(14, ts.WSMA)),
    adx: overRows(() => new ts.ADX(14, ts.WSMA)),
    bollinger: ({ close }) => fold(close, new ts.BollingerBands(20, 2), (bands) => bands.upper),
    stochastic: ({ rows }) =>
      fold(
        rows,
        new ts.StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 }),
        (lines) => lines.stochD,
      ),
    obv: overRows(() => new ts.OBV(2)),
    vwap: overRows(() => new ts.VWAP()),
    mfi: overRows(() => new ts.MFI(14)),
    slope: ({ close }) => fold(close, new ts.LinearRegression(50), (line) => line.slope),
  },
};
