/**
 * Every output of the fourteen indicators over 500 series of 500 candles, against other packages.
 *
 * A ratio compares the indicators that both sides have. Peers read the arrays they like best, built outside the clock.
 */
import { interleave } from './interleave.js';
import { peer as ixjb94 } from './peers/ixjb94.js';
import { ours, oursIntoKeptColumns } from './peers/ours.js';
import { INDICATORS, type IndicatorName, type Peer } from './peers/peer.js';
import { loadTalib } from './peers/talib.js';
import { peer as technicalindicators } from './peers/technicalindicators.js';
import { peer as tradingSignals } from './peers/trading-signals.js';
import { report } from './report.js';
import { CANDLES, SERIES, workload } from './workload.js';

const series = workload();
const talib = loadTalib();
const others: Peer[] = [ixjb94, technicalindicators, tradingSignals, ...(talib ? [talib] : [])];
const peers: Peer[] = [oursIntoKeptColumns, ...others];

let sink = 0;
function pass(run: (one: (typeof series)[number]) => ArrayLike<number>): () => void {
  return () => {
    for (const one of series) sink += run(one).length;
  };
}

/** Largest difference from ours over the newest 100 candles of ten series, as a share of the line's size. */
function difference(peer: Peer, name: IndicatorName): number | undefined {
  const theirs = peer.indicators[name];
  const own = ours.indicators[name];
  if (theirs === undefined || own === undefined) return undefined;
  let worst = 0;
  for (const one of series.slice(0, 10)) {
    const a = Array.from(own(one)).slice(-100);
    const b = Array.from(theirs(one)).slice(-100);
    const size = Math.max(...a.map(Math.abs), Number.MIN_VALUE);
    // On-balance volume means something up to a constant only.
    const shift = name === 'obv' ? a[0] - b[0] : 0;
    for (let i = 0; i < a.length; i++)
      worst = Math.max(worst, Math.abs(a[i] - b[i] - shift) / size);
  }
  return worst;
}

const differences = peers.map((peer) => INDICATORS.map((name) => difference(peer, name)));
INDICATORS.forEach((name, i) => {
  const agreed = differences.slice(1).some((row) => (row[i] ?? 1) < 1e-9);
  if (!agreed) throw new Error(`${name} agrees with no peer: nothing is measured before it does`);
});

const tasks = Object.fromEntries(
  INDICATORS.flatMap((name) =>
    [ours, ...peers].flatMap((peer) => {
      const run = peer.indicators[name];
      return run === undefined ? [] : [[`${peer.name} ${name}`, pass(run)]];
    }),
  ),
);
const ms = interleave(tasks);
if (sink === 0) throw new Error('nothing was computed');

const nanoseconds = (peer: Peer, name: IndicatorName): number | undefined => {
  const elapsed = ms[`${peer.name} ${name}`];
  return elapsed === undefined ? undefined : (elapsed * 1e6) / (SERIES * CANDLES);
};
const total = (peer: Peer, names: readonly IndicatorName[]): number =>
  names.reduce((sum, name) => sum + (nanoseconds(peer, name) ?? 0), 0);

report({
  title: 'All outputs of the fourteen indicators, nanoseconds per candle',
  notes: [
    ...(talib ? [] : ['native talib is missing: its addon needs a C compiler and was not built']),
    'differs: indicators whose newest 100 values part from ours by more than 1e-9',
  ],
  rows: [ours, ...peers].map((peer, p) => {
    const names = INDICATORS.filter((name) => peer.indicators[name] !== undefined);
    const differs = INDICATORS.filter((_, i) => p > 0 && (differences[p - 1][i] ?? 0) > 1e-9);
    return {
      name: peer.name,
      indicators: names.length,
      ratio: total(peer, names) / total(ours, names),
      nanoseconds: total(peer, names),
      ...Object.fromEntries(names.map((name) => [name, nanoseconds(peer, name) ?? 0])),
      differs: differs.join(' '),
    };
  }),
});
