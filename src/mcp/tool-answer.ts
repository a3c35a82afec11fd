import type { CallToolResult } from '@modelcontextprotocol/server';
import { ScannerError } from '../errors.js';

/** A resource that a tool's result points to. */
export interface ToolLink {
  readonly uri: string;
  readonly name: string;
  readonly title: string;
  readonly mimeType: string;
}

/**
 * A tool's result: the same JSON as structure and as text, because some hosts show a model only the one and some only the other.
 *
 * @throws RangeError naming a field that is `NaN` or infinite: JSON would silently turn it into `null`.
 */
export function toolAnswer(value: object, link?: ToolLink): CallToolResult {
  const text = JSON.stringify(value, refuseNonFinite);
  return {
    content: [
      { type: 'text', text },
      ...(link ? [{ type: 'resource_link' as const, ...link }] : []),
    ],
    structuredContent: JSON.parse(text),
  };
}

/** A failure as a tool reports it: a code to switch on and a sentence, in text, because hosts drop the structure of errors. */
export function toolFailure(error: unknown): CallToolResult {
  const code = ScannerError.is(error) ? error.code.toUpperCase() : 'INTERNAL';
  const message = error instanceof Error ? error.message : String(error);
  return { isError: true, content: [{ type: 'text', text: `${code}: ${message}` }] };
}

function refuseNonFinite(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`${key} is ${value}, which JSON cannot hold`);
  }
  return value;
}
