import { quote, ScannerError, type ScannerErrorCode } from '../errors.js';

/** Says what broke a rule; caught by the check that runs it. */
export class BrokenRule extends Error {}

/** Ends a check unless `holds`, with a sentence that says what was found. */
export function demand(holds: boolean, found: string): asserts holds {
  if (!holds) throw new BrokenRule(found);
}

/** Demands that a call rejects with a `ScannerError` of the given code. */
export async function demandRejection(
  call: () => Promise<unknown>,
  code: ScannerErrorCode,
  what: string,
): Promise<void> {
  let answer: unknown;
  try {
    answer = await call();
  } catch (error) {
    demand(ScannerError.is(error), `${what} rejects with ${nameOf(error)}, not a ScannerError`);
    demand(error.code === code, `${what} rejects with '${error.code}': ${error.message}`);
    return;
  }
  demand(false, `${what} resolves, with ${quote(answer)}`);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name} (${quote(error.message)})` : quote(error);
}
