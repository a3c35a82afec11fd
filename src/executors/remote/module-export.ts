import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { quote, ScannerError } from '../../errors.js';

/** Something a module exports, by name: functions do not cross from one thread to another, their names do. */
export interface ModuleExport {
  /** A URL such as `import.meta.resolve('./my-factor.js')`, an absolute path, or the name of a package. */
  readonly module: string;
  readonly export: string;
}

/** Loads what a name stands for. @throws ScannerError `config` when there is no such module or export. */
export async function loadExport(name: ModuleExport): Promise<unknown> {
  const url = isAbsolute(name.module) ? pathToFileURL(name.module).href : name.module;
  const module: Readonly<Record<string, unknown>> = await import(url).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : quote(cause);
    throw new ScannerError('config', `module ${quote(name.module)} cannot be loaded: ${why}`, {
      cause,
    });
  });
  if (module[name.export] !== undefined) return module[name.export];
  throw new ScannerError(
    'config',
    `module ${quote(name.module)} must export ${quote(name.export)}, exports ${Object.keys(module).join(', ') || 'nothing'}`,
  );
}
