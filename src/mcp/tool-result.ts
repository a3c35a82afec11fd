import type { CallToolResult } from '@modelcontextprotocol/server';
import { ScannerError } from '../errors.js';

/** A resource that a tool's result points to. */
export interface ToolLink {
  readonly uri: string;
  readonly name: string;
  readonly title: string;
  readonly mimeType: string;
}

/** What a result has besides its value. */
export interface ToolResultOptions<T> {
  /** Most bytes of the JSON: what an assistant is told, it has to read. @defaultValue 64 KiB */
  readonly maxBytes?: number;
  readonly link?: (value: T) => ToolLink;
}

/**
 * What a tool answers: what its work comes to, or a code and a sentence that say why there is nothing.
 *
 * The same JSON stands there as structure and as text, because some hosts show a model only the one and some only the other. A value
 * that is too large, or holds `NaN` or infinity, which JSON would silently turn into `null`, is a failure.
 */
export async function toolResult<T extends object>(
  work: () => T | Promise<T>,
  { maxBytes = 1 << 16, link }: ToolResultOptions<T> = {},
): Promise<CallToolResult> {
  try {
    const value = await work();
    const text = JSON.stringify(value, refuseNonFinite);
    requireSize(text, maxBytes);
    return {
      content: [
        { type: 'text', text },
        ...(link ? [{ type: 'resource_link' as const, ...link(value) }] : []),
      ],
      structuredContent: JSON.parse(text),
    };
  } catch (error) {
    // In text, because hosts drop the structure of errors.
    return { isError: true, content: [{ type: 'text', text: failureText(error) }] };
  }
}

/** A failure as a tool reports it: a code to switch on and a sentence. */
export function failureText(error: unknown): string {
  const code = ScannerError.is(error) ? error.code.toUpperCase() : 'INTERNAL';
  return `${code}: ${error instanceof Error ? error.message : String(error)}`;
}

function requireSize(text: string, maxBytes: number): void {
  const bytes = Buffer.byteLength(text);
  if (bytes <= maxBytes) return;
  throw new ScannerError(
    'unsupported',
    `an answer may have at most ${maxBytes} bytes, this one has ${bytes}: ask for less at once`,
  );
}

function refuseNonFinite(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`${key} is ${value}, which JSON cannot hold`);
  }
  return value;
}
