/**
 * What importing a subpath costs a fresh process, in milliseconds of processor time and in megabytes. Loading anything at all
 * wakes the loader, which the empty module shows.
 *
 * Goals: `./analysis` in 15 ms, and the root in 15 ms over zod alone.
 */
import { execFileSync } from 'node:child_process';
import { median } from './interleave.js';
import { report } from './report.js';

const ROUNDS = 11;
const dist = new URL('../dist/', import.meta.url);
const subjects: Readonly<Record<string, string | undefined>> = {
  'bare node': undefined,
  'an empty module': 'data:text/javascript,',
  './analysis': new URL('analysis.js', dist).href,
  '.': new URL('index.js', dist).href,
  'zod alone': import.meta.resolve('zod'),
};

interface Cost {
  readonly ms: number;
  readonly mb: number;
}

function cost(url: string | undefined): Cost {
  const load = url === undefined ? '' : `await import(${JSON.stringify(url)});`;
  const script = `
    const start = process.cpuUsage();
    ${load}
    const { user, system } = process.cpuUsage(start);
    const ms = (user + system) / 1000;
    console.log(JSON.stringify({ ms, mb: process.memoryUsage.rss() / 2 ** 20 }));`;
  const options = ['--input-type=module', '--eval', script];
  return JSON.parse(execFileSync(process.execPath, options, { encoding: 'utf8' })) as Cost;
}

const costs = new Map<string, Cost[]>();
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, url] of Object.entries(subjects)) {
    costs.set(name, [...(costs.get(name) ?? []), cost(url)]);
  }
}
const middle = (name: string, unit: keyof Cost): number =>
  median((costs.get(name) ?? []).map((one) => one[unit]));

report({
  title: 'Import of a subpath in a fresh process',
  notes: ['memory is over bare node'],
  rows: Object.keys(subjects).map((name) => ({
    name,
    milliseconds: middle(name, 'ms'),
    megabytes: middle(name, 'mb') - middle('bare node', 'mb'),
  })),
});
