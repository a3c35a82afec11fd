import { isBuiltin } from 'node:module';
import { type Floor, floorOf, within } from './floors.js';
import type { Import, Source } from './source.js';

/** Says what a file breaks, one sentence each. */
export type Rule = (source: Source) => readonly string[];

const MAX_LINES = 300;
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Words that say a file has no idea of its own. */
const EMPTY_WORDS = /(^|-)(utils?|helpers?|common|managers?|misc)(-|$)/;

/** Every file belongs to a floor, and imports point down. */
export const importsPointDown: Rule = ({ path, imports }) => {
  const floor = floorOf(path);
  if (floor === undefined) return ['belongs to no floor'];
  return imports.flatMap(({ target, typeOnly }) => {
    if (target === undefined) return [];
    const other = floorOf(target);
    if (other === undefined) return [`imports ${target}, which belongs to no floor`];
    if (other === floor || floor.imports.includes(other.name)) return [];
    if (!floor.typesOf?.includes(other.name)) {
      return [`${floor.name} may not import ${other.name} (${target})`];
    }
    return typeOnly ? [] : [`${floor.name} may import only types of ${other.name} (${target})`];
  });
};

/** Packages and built-ins stay in the folders that hold them. */
export const packagesStayHome: Rule = ({ path, imports }) => {
  const floor = floorOf(path);
  return imports.flatMap((found) => {
    if (found.target !== undefined || floor === undefined) return [];
    return mayImportPackage(floor, path, found) ? [] : [`may not import '${found.specifier}'`];
  });
};

function mayImportPackage(floor: Floor, path: string, { specifier }: Import): boolean {
  if (isBuiltin(specifier)) return (floor.builtIns ?? []).some((place) => within(path, place));
  const home = floor.packages?.[packageName(specifier)];
  return home !== undefined && within(path, home);
}

/** The package that an import such as `@scope/name/part` is of. */
export function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The pure floors reach for nothing but their arguments. */
export const pureFloorsStayPure: Rule = ({ path, ambient }) => {
  const floor = floorOf(path);
  return floor?.pure ? ambient.map((name) => `${floor.name} is pure and may not use ${name}`) : [];
};

/** Names say what a file holds, and one file holds one idea. */
export const filesAreNamedAndSmall: Rule = ({ path, lines }) => {
  const names = path.replace(/\.ts$/, '').split('/').slice(1);
  const faults = names.flatMap((name) => {
    if (!KEBAB_CASE.test(name)) return [`${name} is not kebab-case`];
    return EMPTY_WORDS.test(name) ? [`${name} names no idea`] : [];
  });
  if (lines > MAX_LINES) faults.push(`has ${lines} lines, the most is ${MAX_LINES}`);
  return faults;
};

/** Everything is exported by name. */
export const exportsAreNamed: Rule = ({ defaultExport }) =>
  defaultExport ? ['has a default export'] : [];

/**
 * An `index.ts` stands only where a subpath is published, and nobody inside imports from one.
 *
 * @param published - The index files of the published subpaths.
 */
export function indexesArePublished(published: ReadonlySet<string>): Rule {
  return ({ path, imports }) => {
    const faults = imports
      .filter(({ target }) => target?.endsWith('/index.ts'))
      .map(({ target }) => `imports ${target} instead of the file that holds the thing`);
    if (path.endsWith('/index.ts') && !published.has(path)) {
      faults.push('is an index.ts where no subpath is published');
    }
    return faults;
  };
}

/** A cycle of imports, types included, as the files along it; `undefined` where there is none. */
export function importCycle(sources: readonly Source[]): readonly string[] | undefined {
  let knotted = sources;
  for (let before = -1; before !== knotted.length; ) {
    before = knotted.length;
    const paths = new Set(knotted.map(({ path }) => path));
    knotted = knotted.filter((source) => targetsIn(source, paths).length > 0);
  }
  if (knotted.length === 0) return undefined;
  const next = new Map(knotted.map((source) => [source.path, source]));
  const trail: string[] = [];
  // Every file left imports another that is left, so the walk must come back to itself.
  for (let path = knotted[0].path; ; path = targetsIn(next.get(path) as Source, next)[0]) {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    trail.push(path);
  }
}

function targetsIn(source: Source, paths: { has(path: string): boolean }): readonly string[] {
  return source.imports.flatMap(({ target }) =>
    target !== undefined && paths.has(target) ? [target] : [],
  );
}
