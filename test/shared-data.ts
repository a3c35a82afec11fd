import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Reference data beside the repository: it is not part of it, and tests that need it are skipped where it is absent. */
export const SHARED: URL = new URL('../../shared/', import.meta.url);

export const hasShared: boolean = existsSync(SHARED);

/** Names of the files of a folder of the reference data; none where it is absent. */
export function sharedFiles(folder: string): string[] {
  const url = new URL(`${folder}/`, SHARED);
  return existsSync(url) ? readdirSync(url).sort() : [];
}

/** A JSON file of the reference data. */
export function sharedJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, SHARED), 'utf8'));
}
