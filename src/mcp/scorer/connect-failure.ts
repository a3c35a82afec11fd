import {
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  UnauthorizedError,
} from '@modelcontextprotocol/client';
import { quote } from '../../errors.js';

/** Statuses that say that something else lives at an address; with any other the right server has trouble. */
const WRONG_ADDRESS: ReadonlySet<number> = new Set([400, 404, 405, 406, 415]);

/** Why there is no connection, in words. @param hideSecret - Takes the token out of what a server said. */
export function reasonOf(error: unknown, hideSecret: (text: string) => string): string {
  const status = error instanceof SdkHttpError ? error.status : undefined;
  if (error instanceof UnauthorizedError || status === 401) {
    return 'the server refused the token, or wants one (401)';
  }
  if (status !== undefined) return `the server answers with status ${status}`;
  return error instanceof Error ? quote(hideSecret(error.message)) : quote(error);
}

/** Whether an error says that the server is not at this address, or does not speak the protocol there. */
export function livesElsewhere(error: unknown): boolean {
  if (error instanceof SdkHttpError) return WRONG_ADDRESS.has(error.status);
  if (isOtherEra(error)) return true;
  // What answers with a page instead of the protocol, or with an event stream that is none.
  return error instanceof Error && /content.?type|Non-200|status code \(4/i.test(error.message);
}

/** Whether an error says that no common revision of the protocol was found. */
export function isOtherEra(error: unknown): boolean {
  return error instanceof SdkError && error.code === SdkErrorCode.EraNegotiationFailed;
}

/** Whether an error says that the session is over while the server is there. */
export function isLostSession(error: unknown): boolean {
  return error instanceof SdkHttpError && error.status === 404;
}
