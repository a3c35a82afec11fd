import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A way of resolving modules that consumers use. */
export interface Resolution {
  readonly name: string;
  readonly file: string;
  readonly options: ts.CompilerOptions;
}

const { ModuleKind, ModuleResolutionKind } = ts;

export const RESOLUTIONS: readonly Resolution[] = [
  { name: 'node16 from ESM', file: 'esm.mts', options: { module: ModuleKind.Node16 } },
  { name: 'nodenext from CJS', file: 'cjs.cts', options: { module: ModuleKind.NodeNext } },
  {
    name: 'bundler',
    file: 'bundled.ts',
    options: { module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler },
  },
];

/** What a strict compiler says about `source` in a consumer's folder, the declarations of the package included. */
export function typeErrors(folder: string, source: string, resolution: Resolution): string[] {
  const path = join(folder, resolution.file);
  writeFileSync(path, source);
  const program = ts.createProgram([path], {
    ...resolution.options,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    types: ['node'],
    typeRoots: [join(folder, 'node_modules', '@types')],
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const where = file?.fileName.slice(folder.length) ?? 'program';
    return `${where}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
