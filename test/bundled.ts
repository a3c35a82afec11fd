import { basename, join } from 'node:path';
import { build } from 'tsup';

/**
 * Bundles one module of the tests or of the source, as the package is: a process or thread runs JavaScript, the tests TypeScript.
 *
 * @returns The path of what was written, in `folder`.
 */
export async function bundled(module: string, folder: string): Promise<string> {
  const name = basename(module, '.ts');
  await build({
    config: false,
    entry: { [name]: module },
    outDir: folder,
    format: ['esm'],
    target: 'node20',
    dts: false,
    silent: true,
  });
  return join(folder, `${name}.js`);
}
