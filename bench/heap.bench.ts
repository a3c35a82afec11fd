/** What a hundred warm scans leave on the heap, and what the state of one series weighs. Megabytes and kilobytes. */
import { readTimeframe, TimeframeReader } from '../dist/analysis.js';
import { ours } from './peers/ours.js';
import { report } from './report.js';
import { SERIES, workload } from './workload.js';

const series = workload();
let sink = 0;

function batchScan(): void {
  for (const one of series) {
    for (const run of Object.values(ours.indicators)) sink += run(one).length;
  }
}

function readerScan(): void {
  for (const { candles } of series) sink += readTimeframe(candles).count;
}

/** Bytes in use once everything unreachable is gone. */
function inUse(): number {
  if (globalThis.gc === undefined) throw new Error('run node with --expose-gc');
  for (let i = 0; i < 3; i++) globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function growth(scan: () => void, scans: number): number {
  for (let i = 0; i < 5; i++) scan();
  const before = inUse();
  for (let i = 0; i < scans; i++) scan();
  return (inUse() - before) / 2 ** 20;
}

function stateOfOneReader(): number {
  const kept: TimeframeReader[] = [];
  const before = inUse();
  for (let i = 0; i < 2000; i++) kept.push(new TimeframeReader());
  const bytes = (inUse() - before) / kept.length;
  return bytes / 1024;
}

const rows = [
  { name: 'growth over 100 batch scans, MB', value: growth(batchScan, 100) },
  { name: 'growth over 100 reader scans, MB', value: growth(readerScan, 100) },
  { name: 'state of one TimeframeReader, kB', value: stateOfOneReader() },
];
if (sink === 0) throw new Error('nothing was computed');
report({ title: `Heap, ${SERIES} series`, notes: [], rows });
