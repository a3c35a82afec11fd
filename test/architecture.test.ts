import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { describe, expect, test } from 'vitest';
import {
  exportsAreNamed,
  filesAreNamedAndSmall,
  importCycle,
  importsPointDown,
  indexesArePublished,
  packageName,
  packagesStayHome,
  pureFloorsStayPure,
  type Rule,
} from './architecture/rules.js';
import { readSource, type Source } from './architecture/source.js';
import { sourceOfSubpath } from './source-of-subpath.js';

const sources: readonly Source[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => `src/${path.replaceAll('\\', '/')}`)
  .sort()
  .map((path) => readSource(path, readFileSync(path, 'utf8')));

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
};
const published = new Set(
  Object.keys(manifest.exports)
    .filter((subpath) => subpath !== './package.json')
    .map(sourceOfSubpath),
);
const publishedIndexes = indexesArePublished(published);

/** The faults of all files under a rule, each with the file it is in. */
function faults(rule: Rule): string[] {
  return sources.flatMap((source) => rule(source).map((fault) => `${source.path}: ${fault}`));
}

describe('the source tree', () => {
  test('imports point down', () => {
    expect(faults(importsPointDown)).toEqual([]);
  });

  test('packages and built-ins are imported by the folder that holds them', () => {
    expect(faults(packagesStayHome)).toEqual([]);
  });

  test('what is imported is a dependency or a peer, and what is a dependency is imported', () => {
    const imported = sources
      .flatMap(({ imports }) => imports)
      .filter(({ target, specifier }) => target === undefined && !isBuiltin(specifier))
      .map(({ specifier }) => packageName(specifier))
      .filter((name) => !name.startsWith('import('));
    const { dependencies, peerDependencies } = manifest;
    const names = Object.keys(dependencies);
    const declared = new Set([...names, ...Object.keys(peerDependencies)]);
    expect(imported.filter((name) => !declared.has(name))).toEqual([]);
    expect(names.filter((name) => !imported.includes(name))).toEqual([]);
  });

  test('market, analysis, forecast, scoring, ports and report reach for nothing but arguments', () => {
    expect(faults(pureFloorsStayPure)).toEqual([]);
  });

  test('files are kebab-case, say what they hold and stay under 300 lines', () => {
    expect(faults(filesAreNamedAndSmall)).toEqual([]);
  });

  test('everything is exported by name', () => {
    expect(faults(exportsAreNamed)).toEqual([]);
  });

  test('an index.ts stands only where a subpath is published, and nothing inside imports it', () => {
    expect(faults(publishedIndexes)).toEqual([]);
  });

  test('no import leads back to its own file', () => {
    expect(importCycle(sources)).toBeUndefined();
  });
});

describe('the rules themselves', () => {
  const planted: readonly [fault: string, rule: Rule, path: string, text: string][] = [
    [
      'market may not import scoring (src/scoring/b.ts)',
      importsPointDown,
      'src/market/a.ts',
      "import { x } from '../scoring/b.js';",
    ],
    [
      'market may not import scanner (src/scanner/b.ts)',
      importsPointDown,
      'src/market/a.ts',
      "export type X = import('../scanner/b.js').X;",
    ],
    [
      'ports may import only types of market (src/market/b.ts)',
      importsPointDown,
      'src/ports/a.ts',
      "import { x } from '../market/b.js';",
    ],
    ['belongs to no floor', importsPointDown, 'src/attic/a.ts', ''],
    [
      "may not import 'simple-statistics'",
      packagesStayHome,
      'src/analysis/a.ts',
      "import { mean } from 'simple-statistics';",
    ],
    [
      "may not import 'node:path'",
      packagesStayHome,
      'src/scanner/a.ts',
      "export { sep } from 'node:path';",
    ],
    ["may not import 'ccxt'", packagesStayHome, 'src/scanner/a.ts', "await import('ccxt');"],
    ...[
      ['Date.now', 'const t = Date.now();'],
      ['new Date()', 'const t = new Date();'],
      ['Math.random', 'const r = Math.random();'],
      ['process', 'process.exit();'],
      ['console', 'console.log(1);'],
      ['setTimeout', 'setTimeout(f, 1);'],
      ['.localeCompare', "const c = 'a'.localeCompare('b');"],
    ].map(([name, text]): [string, Rule, string, string] => [
      `scoring is pure and may not use ${name}`,
      pureFloorsStayPure,
      'src/scoring/a.ts',
      text,
    ]),
    ['bigThing is not kebab-case', filesAreNamedAndSmall, 'src/market/bigThing.ts', ''],
    ['price-utils names no idea', filesAreNamedAndSmall, 'src/market/price-utils.ts', ''],
    ['has 301 lines, the most is 300', filesAreNamedAndSmall, 'src/market/a.ts', '\n'.repeat(301)],
    ['has a default export', exportsAreNamed, 'src/market/a.ts', 'export default class {}'],
    ['has a default export', exportsAreNamed, 'src/market/b.ts', 'export default 1;'],
    ['has a default export', exportsAreNamed, 'src/market/c.ts', 'export { x as default };'],
    ['is an index.ts where no subpath is published', publishedIndexes, 'src/market/index.ts', ''],
    [
      'imports src/analysis/index.ts instead of the file that holds the thing',
      publishedIndexes,
      'src/scoring/a.ts',
      "import { rsi } from '../analysis/index.js';",
    ],
  ];

  test.each(planted)('a file that %s is caught', (fault, rule, path, text) => {
    expect(rule(readSource(path, text))).toContain(fault);
  });

  test.each([
    ['a moment given as an argument', 'const d = new Date(time).toISOString();'],
    ['a member that happens to be called process', 'job.process(); const o = { console: 1 };'],
  ])('%s is no fault', (_, text) => {
    expect(pureFloorsStayPure(readSource('src/scoring/a.ts', text))).toEqual([]);
  });

  test('a cycle through types is a cycle', () => {
    const cycle = importCycle([
      readSource('src/market/a.ts', "import type { B } from './b.js';"),
      readSource('src/market/b.ts', "export type { A } from './a.js';"),
    ]);
    expect(cycle).toEqual(['src/market/a.ts', 'src/market/b.ts', 'src/market/a.ts']);
  });
});
