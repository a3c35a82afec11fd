import { readFileSync } from 'node:fs';
import type { Measured, MeasuredRedis, MeasuredScan } from './scenarios.js';

/** What was measured last. */
export function measured(): Measured {
  const { rows } = read<{ readonly rows: readonly MeasuredScan[] }>('fleet-speed-up');
  return { redis: read<MeasuredRedis>('fleet-redis'), scans: rows };
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(`bench/results/${name}.json`, 'utf8')) as T;
}
