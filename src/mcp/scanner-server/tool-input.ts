import { z } from 'zod';

/** Hints of a tool that looks at the market and changes nothing. */
export const READ_ONLY = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: true,
} as const;

/** A symbol; line breaks, markup and direction marks are in none. */
export const symbolInput: z.ZodType<string> = z.string().regex(/^[\p{L}\p{N}._:/-]{1,40}$/u);

/** Several symbols; some hosts send lists as text. */
export function symbolsInput(most: number): z.ZodType<string[]> {
  return z.preprocess(parsedList, z.array(symbolInput).min(1).max(most)) as z.ZodType<string[]>;
}

function parsedList(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (!value.startsWith('[')) return value.split(',').map((each) => each.trim());
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
