/**
 * Volume by price in a hundred bins over 500 series of 500 candles, against technicalindicators' histogram.
 *
 * Ours spreads each candle over the bins it touches, and finds the control point, value area and nodes; theirs adds the candle's whole
 * volume to each of them and finds nothing. `binned` is the volume in the bins over the volume traded.
 */
import ti from 'technicalindicators';
import { logVolumeProfile, volumeProfile } from '../dist/analysis.js';
import { interleave } from './interleave.js';
import { report } from './report.js';
import { CANDLES, SERIES, type Workload, workload } from './workload.js';

const BINS = 100;

interface Cut extends Workload {
  readonly binSize: number;
}

const series: Cut[] = workload().map((one) => ({
  ...one,
  binSize: (Math.max(...one.high) - Math.min(...one.low)) / BINS,
}));

const ours = ({ candles, binSize }: Cut): ArrayLike<number> =>
  volumeProfile(candles, { binSize }).volume;
const oursInLogs = ({ candles, binSize }: Cut): ArrayLike<number> =>
  logVolumeProfile(candles, { binSize: binSize / candles.close[0] }).volume;
const theirs = ({ open, high, low, close, volume }: Cut): ArrayLike<{ totalVolume: number }> =>
  new ti.VolumeProfile({ open, high, low, close, volume, noOfBars: BINS }).result;

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
const binned = (total: (one: Cut) => number): number =>
  series.reduce((ratio, one) => ratio + total(one) / sum(one.volume), 0) / SERIES;

for (const { candles, binSize } of series.slice(0, 10)) {
  const { price, volume, totalVolume } = volumeProfile(candles, { binSize });
  for (let bin = 0; bin < price.length; bin++) {
    let expected = 0;
    for (const { high, low, volume: traded } of candles) {
      const overlap = Math.min(high, price[bin] + binSize) - Math.max(low, price[bin]);
      if (high > low && overlap > 0) expected += (traded * overlap) / (high - low);
      if (high === low && low >= price[bin] && low < price[bin] + binSize) expected += traded;
    }
    if (Math.abs(volume[bin] - expected) > 1e-9 * totalVolume) {
      throw new Error(`bin ${bin} holds ${volume[bin]}, expected ${expected}: nothing is measured`);
    }
  }
}

let sink = 0;
const pass = (run: (one: Cut) => ArrayLike<unknown>) => (): void => {
  for (const one of series) sink += run(one).length;
};
const ms = interleave({ ours: pass(ours), oursInLogs: pass(oursInLogs), theirs: pass(theirs) });
if (sink === 0) throw new Error('nothing was computed');

const row = (name: string, elapsed: number, total: (one: Cut) => number) => ({
  name,
  ratio: elapsed / ms.ours,
  nanoseconds: (elapsed * 1e6) / (SERIES * CANDLES),
  binned: binned(total),
});
report({
  title: `Volume by price in ${BINS} bins, nanoseconds per candle`,
  notes: [
    'ours includes control point, value area and nodes; technicalindicators has none of them',
  ],
  rows: [
    row('volumeProfile', ms.ours, (one) => sum(ours(one))),
    row('logVolumeProfile', ms.oursInLogs, (one) => sum(oursInLogs(one))),
    row('technicalindicators VolumeProfile', ms.theirs, (one) =>
      sum(Array.from(theirs(one), ({ totalVolume }) => totalVolume)),
    ),
  ],
});
