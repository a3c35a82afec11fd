import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What goes into a build besides the installed dependencies. */
const INPUTS = [
  'src',
  'package.json',
  'tsconfig.json',
  'tsup.config.ts',
  'tsup.bin.config.ts',
  'README.md',
  'LICENSE',
];

/** The part of `package.json` that the tests read. */
export interface Manifest {
  readonly version: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** A project that has the packed package installed, and nothing but what the package asks for. */
export interface Consumer {
  readonly folder: string;
  /** Where the package is installed. */
  readonly installed: string;
  /** The files of the tarball. */
  readonly files: readonly string[];
  /** Runs Node in the project and gives what it printed. */
  run(...args: readonly string[]): Promise<string>;
  /** The same, parsed as JSON. */
  node(...args: readonly string[]): Promise<unknown>;
  remove(): Promise<void>;
}

/**
 * Builds, packs and installs the package. The build runs in a copy, so that `dist` of the working tree stays as it is;
 * the dependencies the manifest declares are linked, and an undeclared one is therefore not found.
 */
export async function installPacked(manifest: Manifest): Promise<Consumer> {
  const scratch = await mkdtemp(join(tmpdir(), 'ems-package-'));
  const tarball = await packedIn(join(scratch, 'build'));
  const folder = join(scratch, 'consumer');
  const installed = join(folder, 'node_modules', 'enhanced-market-scanner');
  await mkdir(installed, { recursive: true });
  await run('tar', ['-xzf', tarball.path, '-C', installed, '--strip-components=1']);
  for (const name of [...Object.keys(manifest.dependencies), '@types/node', 'undici-types']) {
    const link = join(folder, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(resolve('node_modules', name), link, 'dir');
  }
  await writeFile(join(folder, 'package.json'), '{ "name": "consumer", "private": true }\n');
  const runNode = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await run(process.execPath, args, { cwd: folder });
    return stdout;
  };
  return {
    folder,
    installed,
    files: tarball.files,
    run: runNode,
    node: async (...args) => JSON.parse(await runNode(...args)),
    remove: () => rm(scratch, { recursive: true, force: true }),
  };
}

/** What `npm pack` makes of the working tree, and where. */
export interface Tarball {
  readonly path: string;
  readonly files: readonly string[];
}

/** Builds and packs a copy of the working tree in a folder that does not exist yet. */
export async function packedIn(folder: string): Promise<Tarball> {
  await mkdir(folder);
  for (const input of INPUTS) await cp(input, join(folder, input), { recursive: true });
  await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'dir');
  await run('npm', ['pack', '--silent'], { cwd: folder, maxBuffer: 1 << 26 });
  const { name, version } = JSON.parse(await readFile('package.json', 'utf8'));
  const path = join(folder, `${name}-${version}.tgz`);
  const { stdout } = await run('tar', ['-tzf', path]);
  return {
    path,
    files: stdout
      .trim()
      .split('\n')
      .map((file) => file.replace(/^package\//, '')),
  };
}
