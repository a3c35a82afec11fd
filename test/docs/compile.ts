import { resolve } from 'node:path';
import ts from 'typescript';
import type { Fence } from './pages.js';

const PACKAGE = 'enhanced-market-scanner';

/**
 * What the compiler says about fences, each compiled as a module of its own against `src`; one sentence per error, with
 * the page and the line.
 */
export function compileErrors(fences: readonly Fence[]): readonly string[] {
  const virtual = new Map(fences.map((fence, i) => [resolve(`fence-${i}.ts`), fence]));
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (path) => virtual.has(resolve(path)) || fileExists(path);
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const fence = virtual.get(resolve(path));
    if (fence === undefined) return getSourceFile(path, languageVersion, ...rest);
    return ts.createSourceFile(path, fence.code, languageVersion, true);
  };
  const program = ts.createProgram([...virtual.keys()], options, host);
  return [...virtual.entries()].flatMap(([path, fence]) => {
    const source = program.getSourceFile(path);
    const found = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ];
    return found.map((diagnostic) => sentence(diagnostic, fence));
  });
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile('examples/tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, 'examples');
  if (options.paths?.[PACKAGE] === undefined) {
    throw new Error(`examples/tsconfig.json must map ${PACKAGE} to src`);
  }
  return { ...options, moduleDetection: ts.ModuleDetectionKind.Force };
}

function sentence({ start = 0, file, messageText }: ts.Diagnostic, fence: Fence): string {
  const line = fence.line + (file?.getLineAndCharacterOfPosition(start).line ?? 0);
  return `${fence.path}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}
