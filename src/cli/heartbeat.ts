import { writeFileSync } from 'node:fs';

/** What a worker leaves behind for whoever checks on it. */
interface Beat {
  /** Epoch milliseconds of the beat itself. */
  readonly at: number;
  /** When a batch was finished last; absent before the first. */
  readonly finishedAt?: number | undefined;
}

const BEAT_MS = 2_000;
/** A worker that is this late does not turn any more: it is frozen, or a factor never returns. */
const LATE_MS = 15_000;

/** Writes a file every two seconds for as long as the process turns. */
export function beatTo(path: string, finished: () => number): Disposable {
  let count = finished();
  let finishedAt: number | undefined;
  const beat = (): void => {
    const now = finished();
    if (now > count) finishedAt = Date.now();
    count = now;
    const text: Beat = { at: Date.now(), finishedAt };
    writeFileSync(path, JSON.stringify(text));
  };
  beat();
  const timer = setInterval(beat, BEAT_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Whether a worker turns and has finished a batch lately, and a sentence that says so. */
export function readHeartbeat(
  text: string,
  now: number,
  maxAgeMs: number,
): { readonly isGood: boolean; readonly message: string } {
  const { at, finishedAt }: Partial<Beat> = text === '' ? {} : JSON.parse(text);
  if (at === undefined) return { isGood: false, message: 'the worker has not begun' };
  if (now - at > LATE_MS)
    return { isGood: false, message: `the worker stands still, ${ago(now - at)}` };
  if (finishedAt === undefined)
    return { isGood: false, message: 'the worker has had no batch yet' };
  const isGood = now - finishedAt <= maxAgeMs;
  return { isGood, message: `the last batch was finished ${ago(now - finishedAt)} ago` };
}

function ago(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}
