import type { CallToolResult } from '@modelcontextprotocol/client';
import { ScannerError } from '../../errors.js';
import { MOST_VALUES, ValueCount } from './value-count.js';

/** The most of a text that is read as JSON. */
const MOST_TEXT = 1 << 20;

/** What a tool answered: its structure or, from servers that know none, its text as JSON. @throws ScannerError `bad_data` */
export function toolContent({ isError, structuredContent, content }: CallToolResult): unknown {
  if (isError) throw new ScannerError('bad_data', 'the tool answered with an error');
  if (structuredContent !== undefined) return structuredContent;
  const [block] = content;
  if (block?.type !== 'text' || block.text.length > MOST_TEXT) {
    throw new ScannerError('bad_data', 'the tool answered with neither structure nor text');
  }
  if (hasManyValues(block.text)) {
    throw new ScannerError('bad_data', `the tool answered with more than ${MOST_VALUES} values`);
  }
  try {
    return JSON.parse(block.text);
  } catch (cause) {
    throw new ScannerError('bad_data', 'the tool answered with text that is not JSON', { cause });
  }
}

// On its way a text may have had its commas written as numbers, which nobody counts.
function hasManyValues(text: string): boolean {
  const values = new ValueCount();
  for (let i = 0; i < text.length && !values.isTooLarge; i++) values.read(text.charCodeAt(i));
  return values.isTooLarge;
}
