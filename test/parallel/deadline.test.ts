import { describe, expect, test } from 'vitest';
import { ScannerError } from '../../src/errors.js';
import { sleep, withDeadline } from '../../src/parallel/deadline.js';
import { settle, VirtualTimers } from './virtual-timers.js';

const never = (): Promise<never> => new Promise(() => {});

function setUp(signal?: AbortSignal) {
  const timers = new VirtualTimers();
  return { timers, options: { ms: 100, timers, what: 'the answer', symbol: 'A/USDT', signal } };
}

describe('withDeadline', () => {
  test('passes a result and an error through and leaves no timer', async () => {
    const { timers, options } = setUp();
    const failure = new ScannerError('network', 'refused');
    await expect(withDeadline(async () => 7, options)).resolves.toBe(7);
    await expect(withDeadline(() => Promise.reject(failure), options)).rejects.toBe(failure);
    await settle();
    expect(timers.pending).toBe(0);
  });

  test('rejects with timeout at the deadline, though the work ignores its signal', async () => {
    const { timers, options } = setUp();
    let seen: AbortSignal | undefined;
    const result = withDeadline((signal) => {
      seen = signal;
      return never();
    }, options);
    const settled = expect(result).rejects.toMatchObject({
      code: 'timeout',
      symbol: 'A/USDT',
      message: 'the answer must finish within 100 ms',
    });
    await timers.advance(99);
    expect(seen?.aborted).toBe(false);
    await timers.advance(1);
    await settled;
    expect(seen?.aborted).toBe(true);
    expect(timers.pending).toBe(0);
  });

  test('does not start work that has no time left', async () => {
    const { options } = setUp();
    const work = (): never => {
      throw new Error('the work ran');
    };
    await expect(withDeadline(work, { ...options, ms: 0 })).rejects.toMatchObject({
      code: 'timeout',
    });
  });

  test('rejects with aborted as soon as the signal aborts, and leaves neither timer nor listener', async () => {
    const controller = new AbortController();
    const { timers, options } = setUp(controller.signal);
    const result = withDeadline(never, options);
    const settled = expect(result).rejects.toMatchObject({ code: 'aborted' });
    controller.abort('enough');
    await settled;
    expect(timers.pending).toBe(0);
    await expect(withDeadline(never, options)).rejects.toMatchObject({
      code: 'aborted',
      cause: 'enough',
    });
  });

  test('a late failure of abandoned work disturbs nobody', async () => {
    const { timers, options } = setUp();
    const result = withDeadline(async () => {
      await sleep(500, timers);
      throw new Error('too late');
    }, options);
    const settled = expect(result).rejects.toMatchObject({ code: 'timeout' });
    await timers.advance(1_000);
    await settled;
  });
});

describe('sleep', () => {
  test('ends at its time or at the abort, whichever is first', async () => {
    const timers = new VirtualTimers();
    const controller = new AbortController();
    let woken = 0;
    const count = (): number => ++woken;
    void sleep(50, timers).then(count);
    void sleep(500, timers, controller.signal).then(count);
    await timers.advance(50);
    expect(woken).toBe(1);
    controller.abort();
    await settle();
    expect(woken).toBe(2);
    expect(timers.pending).toBe(0);
  });
});
