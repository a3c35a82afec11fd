import type { z } from 'zod';

/** A value that may be `undefined`; JSON leaves its key out, our types do not. */
export function maybe<T>(schema: z.ZodType<T>): z.ZodType<T | undefined> {
  return schema.optional().transform((value) => value);
}
