import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { performancePage } from '../bench/page.js';
import { MEASURED_PAGES, withMeasuredTables } from '../scripts/measured/pages.js';
import { parseScannerConfig } from '../src/scanner/config-schema.js';
import { defaultFactors } from '../src/scoring/factors/default-factors.js';
import { compileErrors } from './docs/compile.js';
import {
  anchorsOf,
  codeIn,
  commentPages,
  fencesOf,
  linksOf,
  markdownPages,
  type Page,
  tableRowsOf,
} from './docs/pages.js';
import { sourceOfSubpath } from './source-of-subpath.js';

const pages = markdownPages();
const byPath = new Map(pages.map((page) => [page.path, page]));

/** The rows of a page's tables. */
function rowsOf(path: string): readonly (readonly string[])[] {
  return tableRowsOf(byPath.get(path) as Page);
}

/** Why a link leads nowhere; `undefined` for one that arrives, or that leaves the repository. */
function brokenLink(page: Page, link: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [file, anchor] = link.split('#');
  const path = file === '' ? page.path : posix.join(posix.dirname(page.path), file);
  if (!existsSync(path)) return `${page.path}: ${link} leads nowhere`;
  const target = byPath.get(path);
  const arrives = anchor === undefined || target === undefined || anchorsOf(target).has(anchor);
  return arrives ? undefined : `${page.path}: ${link} names no heading`;
}

describe('the pages', () => {
  test('every link arrives', () => {
    const broken = pages.flatMap((page) => linksOf(page).map((link) => brokenLink(page, link)));
    expect(broken.filter((fault) => fault !== undefined)).toEqual([]);
  });

  test('every page of docs can be reached from the README', () => {
    const reached = new Set(['README.md']);
    for (const path of reached) {
      for (const link of linksOf(byPath.get(path) as Page)) {
        const target = posix.join(posix.dirname(path), link.split('#')[0]);
        if (byPath.has(target)) reached.add(target);
      }
    }
    const lost = pages.filter(({ path }) => path.startsWith('docs/') && !reached.has(path));
    expect(lost.map(({ path }) => path)).toEqual([]);
  });
});

test('the page on performance says what the benches measured, and nothing else', () => {
  expect(readFileSync('docs/performance.md', 'utf8')).toBe(performancePage());
});

test.each(MEASURED_PAGES)('the tables of %s say what was measured, and nothing else', (path) => {
  const page = readFileSync(path, 'utf8');
  expect(page).toContain('<!-- measured: ');
  expect(withMeasuredTables(page)).toBe(page);
});

test('the API reference covers every published subpath', () => {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: object };
  const { entryPoints } = JSON.parse(readFileSync('typedoc.json', 'utf8'));
  const published = Object.keys(exports).filter((subpath) => subpath !== './package.json');
  expect(entryPoints).toEqual(published.map(sourceOfSubpath));
});

describe('the tables', () => {
  test('docs/configuration.md has a row for every setting, with its default', () => {
    const defaults = parseScannerConfig({});
    const documented = rowsOf('docs/configuration.md')
      .filter(([setting]) => Object.hasOwn(defaults, codeIn(setting)[0]))
      .map(([setting, value]) => [codeIn(setting)[0], codeIn(value)[0]]);
    const actual = Object.entries(defaults).map(([key, value]) => [key, JSON.stringify(value)]);
    expect(documented.sort()).toEqual(actual.sort());
  });

  test('docs/configuration.md has a row for every environment variable that is read', () => {
    const documented = rowsOf('docs/configuration.md')
      .flatMap(([variable]) => codeIn(variable))
      .filter((name) => /^[A-Z_]+$/.test(name));
    const read = readFileSync('src/scanner/env.ts', 'utf8').match(/\b[A-Z]+(_[A-Z]+)+\b/g);
    expect(documented.sort()).toEqual([...new Set(read)].sort());
  });

  test('docs/concepts/scoring.md has a row for every default factor, with its weight', () => {
    const ids = new Set(defaultFactors.map(({ id }) => id));
    const documented = rowsOf('docs/concepts/scoring.md')
      .filter(([id, , bias]) => bias !== undefined && ids.has(codeIn(id)[0]))
      .map(([id, weight]) => [codeIn(id)[0], Number(weight)]);
    expect(documented).toEqual(defaultFactors.map(({ id, weight }) => [id, weight]));
  });

  test('docs/concepts/indicators.md has a row for every indicator', () => {
    const documented = rowsOf('docs/concepts/indicators.md').flatMap(([name]) => codeIn(name));
    const exported = readdirSync('src/analysis/indicators').flatMap((file) => {
      const source = readFileSync(`src/analysis/indicators/${file}`, 'utf8');
      return [...source.matchAll(/^export function (\w+)\([^)]*\)?: (Float64Array|Columns)/gm)].map(
        (match) => match[1],
      );
    });
    expect(documented.sort()).toEqual(exported.sort());
  });

  test('every test that a page names is there', () => {
    const named = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/`(test\/[\w./-]+)`/g)].map((match) => `${path}: ${match[1]}`),
    );
    expect(named.filter((entry) => !existsSync(entry.split(': ')[1]))).toEqual([]);
  });
});

describe('the code in the pages and doc comments', () => {
  const fences = [...pages, ...commentPages()]
    .flatMap(fencesOf)
    .filter(({ language }) => language === 'ts');

  test('every ts fence compiles against the source', { timeout: 120_000 }, () => {
    expect(fences.length).toBeGreaterThan(10);
    expect(compileErrors(fences)).toEqual([]);
  });

  test('a fence that does not compile is found, with its page and line', {
    timeout: 120_000,
  }, () => {
    const page = {
      path: 'planted.md',
      text: [
        'Text.',
        '```ts',
        "import { CandleSeries } from 'enhanced-market-scanner';",
        "CandleSeries.from('nothing');",
        '```',
      ].join('\n'),
    };
    expect(compileErrors(fencesOf(page))).toEqual([
      expect.stringMatching(/^planted\.md:4: .*not assignable/),
    ]);
  });
});
