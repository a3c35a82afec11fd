import { createHash } from 'node:crypto';
import type { Tool } from '@modelcontextprotocol/client';
import { ScannerError } from '../../errors.js';

/** Remembers what tools were when they were first seen: a server that was trusted as one thing may not become another. */
export class ToolPins {
  readonly #names: ReadonlySet<string>;
  readonly #pins = new Map<string, string>();
  #checked: readonly Tool[] | undefined;

  /** @param names - The tools that are called; others may change as they like. */
  constructor(names: Iterable<string>) {
    this.#names = new Set(names);
  }

  /** @throws ScannerError `bad_data` naming a tool that is not the one it was. */
  check(tools: readonly Tool[]): void {
    if (tools === this.#checked) return;
    for (const tool of tools) {
      if (!this.#names.has(tool.name)) continue;
      const now = fingerprint(tool);
      const seen = this.#pins.get(tool.name) ?? now;
      if (seen !== now) {
        throw new ScannerError('bad_data', `tool ${tool.name} is not the one it was at first`);
      }
      this.#pins.set(tool.name, now);
    }
    this.#checked = tools;
  }
}

// Descriptions may change: no code and no model reads them.
function fingerprint({ name, inputSchema, outputSchema }: Tool): string {
  const schemas = JSON.stringify([name, inputSchema, outputSchema]);
  return createHash('sha256').update(schemas).digest('hex');
}
