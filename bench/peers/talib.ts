import { createRequire } from 'node:module';
import type { Workload } from '../workload.js';
import type { Peer } from './peer.js';

interface Talib {
  execute(call: object): { result: Record<string, number[]> };
}

/** Native TA-Lib, or `undefined` where its addon was not built (it needs a C compiler). */
export function loadTalib(): Peer | undefined {
  let talib: Talib;
  try {
    talib = createRequire(import.meta.url)('talib') as Talib;
  } catch {
    return undefined;
  }
  const call =
    (name: string, line: string, inputs: (keyof Workload)[], options: object) =>
    (series: Workload): number[] => {
      const columns = Object.fromEntries(inputs.map((input) => [input, series[input]]));
      const request = { name, startIdx: 0, endIdx: series.close.length - 1, ...columns };
      return talib.execute({ ...request, ...options }).result[line];
    };
  const overCloses =
    (name: string, line: string, options: object) =>
    ({ close }: Workload): number[] =>
      talib.execute({ name, startIdx: 0, endIdx: close.length - 1, inReal: close, ...options })
        .result[line];
  return {
    name: 'talib (native)',
    indicators: {
      rsi: overCloses('RSI', 'outReal', { optInTimePeriod: 14 }),
      macd: overCloses('MACD', 'outMACDHist', {
        optInFastPeriod: 12,
        optInSlowPeriod: 26,
        optInSignalPeriod: 9,
      }),
      ema20: overCloses('EMA', 'outReal', { optInTimePeriod: 20 }),
      ema50: overCloses('EMA', 'outReal', { optInTimePeriod: 50 }),
      ema200: overCloses('EMA', 'outReal', { optInTimePeriod: 200 }),
      sma20: overCloses('SMA', 'outReal', { optInTimePeriod: 20 }),
      atr: call('ATR', 'outReal', ['high', 'low', 'close'], { optInTimePeriod: 14 }),
      adx: call('ADX', 'outReal', ['high', 'low', 'close'], { optInTimePeriod: 14 }),
      bollinger: overCloses('BBANDS', 'outRealUpperBand', {
        optInTimePeriod: 20,
        optInNbDevUp: 2,
        optInNbDevDn: 2,
        optInMAType: 0,
      }),
      stochastic: call('STOCH', 'outSlowD', ['high', 'low', 'close'], {
        optInFastK_Period: 14,
        optInSlowK_Period: 3,
        optInSlowK_MAType: 0,
        optInSlowD_Period: 3,
        optInSlowD_MAType: 0,
      }),
      obv: ({ close, volume }) =>
        talib.execute({
          name: 'OBV',
          startIdx: 0,
          endIdx: close.length - 1,
          inReal: close,
          volume,
        }).result.outReal,
      mfi: call('MFI', 'outReal', ['high', 'low', 'close', 'volume'], { optInTimePeriod: 14 }),
      slope: overCloses('LINEARREG_SLOPE', 'outReal', { optInTimePeriod: 50 }),
    },
  };
}
