import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/**
 * Collects garbage again and again while something is waited for. Node lets go of a timeout that only a signal of
 * `AbortSignal.any` knows of, and then nobody is woken.
 */
export async function amidGarbageCollection<T>(waited: Promise<T>): Promise<T> {
  const timer = setInterval(collect, 10);
  try {
    return await waited;
  } finally {
    clearInterval(timer);
  }
}
