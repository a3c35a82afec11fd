import { posix } from 'node:path';

/** The index that a subpath of the package publishes. Executors are published under `parallel`, where users look for them. */
export function sourceOfSubpath(subpath: string): string {
  return posix.join('src', subpath.replace(/^\.\/parallel\//, './executors/'), 'index.ts');
}
