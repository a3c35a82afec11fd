import { createHash, timingSafeEqual } from 'node:crypto';

/** The names a server on this machine is called by on this machine. */
export const LOCAL_NAMES: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Whether nobody but this machine reaches a server that listens there. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Whether an `Authorization` header bears the token. */
export function bearsToken(authorization: string | undefined, token: string): boolean {
  // Hashes are of one length, so neither the length nor the first wrong letter of a token can be timed.
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`));
}
