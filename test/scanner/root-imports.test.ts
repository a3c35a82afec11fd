import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** Every specifier a module imports or re-exports when it loads; imports of types alone are gone by then. */
function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  return [
    ...text.matchAll(/^\s*(?:import|export)\s+(?!type\b)[^'"]*?from\s*['"]([^'"]+)['"]/gm),
  ].map(([, specifier]) => specifier);
}

function fileOf(specifier: string, importer: string): string {
  if (!specifier.startsWith('.')) return fileURLToPath(import.meta.resolve(specifier));
  const path = resolve(dirname(importer), specifier);
  return path.includes('node_modules') ? path : path.replace(/\.js$/, '.ts');
}

test('the root loads no Node built-in, no exchange library and no MCP, through no package either', () => {
  const seen = new Set<string>();
  const found: string[] = [];
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const specifier of importsOf(path)) {
      if (isBuiltin(specifier) || /ccxt|modelcontextprotocol/.test(specifier)) {
        found.push(`${path}: ${specifier}`);
      } else visit(fileOf(specifier, path));
    }
  };
  visit(resolve('src/index.ts'));
  expect(found).toEqual([]);
  for (const known of ['scanner/enhanced-market-scanner.ts', 'p-limit/index.js', 'zod']) {
    expect([...seen].some((path) => path.includes(known))).toBe(true);
  }
});
