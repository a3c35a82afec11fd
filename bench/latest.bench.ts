/**
 * What a scan needs of 500 series of 500 candles: the newest value of every indicator, and the volume profile.
 *
 * The reader computes 21 calculations and takes logarithms first; the peer its fourteen, of which only the last rows are used.
 */
import { logVolumeProfile, readTimeframe } from '../dist/analysis.js';
import { interleave } from './interleave.js';
import { peer as ixjb94 } from './peers/ixjb94.js';
import { report } from './report.js';
import { SERIES, workload } from './workload.js';

const BINS = 100;
const series = workload();
const binSizes = series.map(
  ({ high, low }) => Math.log(Math.max(...high) / Math.min(...low)) / BINS,
);

let sink = 0;
const readings = (): void => {
  for (const { candles } of series) sink += readTimeframe(candles).rsi;
};
const profiles = (): void => {
  series.forEach(({ candles }, i) => {
    sink += logVolumeProfile(candles, { binSize: binSizes[i] }).pointOfControl;
  });
};
const ms = interleave({
  readings,
  'readings and volume profile': () => {
    readings();
    profiles();
  },
  '@ixjb94/indicators, no profile': () => {
    for (const one of series) {
      for (const run of Object.values(ixjb94.indicators)) sink += run(one).length;
    }
  },
});
if (Number.isNaN(sink)) throw new Error('nothing was computed');

report({
  title: `The newest readings of ${SERIES} series from their first candle on`,
  notes: ['goals: readings 12 times as fast as the peer, with the profile 8 ms'],
  rows: Object.entries(ms).map(([name, milliseconds]) => ({
    name,
    ratio: milliseconds / ms.readings,
    milliseconds,
  })),
});
