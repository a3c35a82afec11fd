import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSource } from './architecture/source.js';
import { CONSUMER_SOURCE } from './package/consumer-source.js';
import { type Consumer, installPacked, type Manifest } from './package/packed.js';
import { RESOLUTIONS, typeErrors } from './package/type-errors.js';

const manifest: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const specifiers = Object.keys(manifest.exports)
  .filter((subpath) => subpath !== './package.json')
  .map((subpath) => posix.join('enhanced-market-scanner', subpath));

let consumer: Consumer;

beforeAll(async () => {
  consumer = await installPacked(manifest);
}, 240_000);

afterAll(() => consumer?.remove());

/** The names a subpath exports, asked of Node itself. */
function exportsOf(specifier: string, system: 'esm' | 'cjs'): Promise<unknown> {
  const print = 'console.log(JSON.stringify(Object.keys(names).sort()))';
  return system === 'esm'
    ? consumer.node('--input-type=module', '-e', `import * as names from '${specifier}'; ${print}`)
    : consumer.node('-e', `const names = require('${specifier}'); ${print}`);
}

/** The packages a built file pulls in, its chunks included. */
function packagesBehind(entry: string): ReadonlySet<string> {
  const packages = new Set<string>();
  const files = new Set([entry]);
  for (const file of files) {
    const text = readFileSync(join(consumer.installed, file), 'utf8');
    for (const { specifier } of readSource(file, text).imports) {
      if (specifier.startsWith('.')) files.add(posix.join(posix.dirname(file), specifier));
      else packages.add(specifier);
    }
  }
  return packages;
}

describe('the packed package', () => {
  test('holds the build and the papers, and nothing else', () => {
    const kinds = new Set(
      consumer.files.map((file) => file.replace(/^dist\/.*?(\.[a-z.]+)$/, 'dist/*$1')),
    );
    expect([...kinds].sort()).toEqual([
      'LICENSE',
      'README.md',
      'dist/*.cjs',
      'dist/*.d.cts',
      'dist/*.d.ts',
      'dist/*.js',
      'package.json',
    ]);
  });

  test.each(specifiers)('%s exports the same names to import and to require', async (specifier) => {
    const [esm, cjs] = await Promise.all([
      exportsOf(specifier, 'esm'),
      exportsOf(specifier, 'cjs'),
    ]);
    expect(cjs).toEqual(esm);
    const file = `${specifier.replaceAll('/', '-')}.txt`;
    await expect(`${(esm as string[]).join('\n')}\n`).toMatchFileSnapshot(
      `package/exports/${file}`,
    );
  });

  test.each([
    ['esm', ['--input-type=module', '-e']],
    ['cjs', ['-e']],
  ])('%s holds one copy of a class, whichever subpath it is met through', async (system, flags) => {
    const load = (specifier: string) =>
      system === 'esm' ? `await import('${specifier}')` : `require('${specifier}')`;
    const source = `
      (async () => {
        const { CandleSeries } = ${load('enhanced-market-scanner')};
        const { syntheticProvider } = ${load('enhanced-market-scanner/providers')};
        const candles = await syntheticProvider({ seed: 7 }).fetchCandles('BTC/USDT', '1h', 2);
        console.log(JSON.stringify(candles instanceof CandleSeries));
      })();
    `;
    expect(await consumer.node(...flags, source)).toBe(true);
  });

  test('the command runs from where npm links it', async () => {
    const { bin } = JSON.parse(readFileSync(join(consumer.installed, 'package.json'), 'utf8'));
    const version = await consumer.run(join(consumer.installed, bin.ems), '--version');
    expect(version.trim()).toBe(manifest.version);
  });

  test.each(RESOLUTIONS)('types compile under $name', { timeout: 120_000 }, (resolution) => {
    expect(typeErrors(consumer.folder, CONSUMER_SOURCE, resolution)).toEqual([]);
  });

  test('the root pulls in zod and p-limit alone: no exchange library and no Node built-in', () => {
    expect([...packagesBehind('dist/index.js')].sort()).toEqual(['p-limit', 'zod']);
  });

  test('the analysis subpath pulls in nothing', () => {
    expect([...packagesBehind('dist/analysis.js')]).toEqual([]);
  });

  test('an error thrown by one copy is recognised by the other', async () => {
    const source = `
      import { createRequire } from 'node:module';
      import { ScannerError } from 'enhanced-market-scanner';
      const other = createRequire(import.meta.url)('enhanced-market-scanner');
      const error = new ScannerError('timeout', 'late');
      console.log(JSON.stringify([other.ScannerError === ScannerError, other.ScannerError.is(error)]));
    `;
    expect(await consumer.node('--input-type=module', '-e', source)).toEqual([false, true]);
  });
});
