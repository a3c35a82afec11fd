import { describe, expect, test } from 'vitest';
import { systemTimers } from '../../src/parallel/system-timers.js';

describe('the timers of the machine', () => {
  test('never call back before their time', async () => {
    const early = await Promise.all(
      Array.from({ length: 300 }, (_, i) => {
        const delayMs = 1 + i / 9;
        const due = systemTimers.elapsed() + delayMs;
        return new Promise<boolean>((resolve) =>
          systemTimers.after(delayMs, () => resolve(systemTimers.elapsed() < due)),
        );
      }),
    );
    expect(early.filter(Boolean)).toEqual([]);
  });

  test('call nobody back who called off', async () => {
    let calls = 0;
    const cancels = [0, 1, 2.5].map((ms) => systemTimers.after(ms, () => calls++));
    for (const cancel of cancels) cancel();
    await new Promise<void>((resolve) => systemTimers.after(10, resolve));
    expect(calls).toBe(0);
  });

  test('wait for what is further away than a timer of the machine can be', async () => {
    let calls = 0;
    const cancel = systemTimers.after(2 ** 40, () => calls++);
    await new Promise<void>((resolve) => systemTimers.after(10, resolve));
    cancel();
    expect(calls).toBe(0);
  });
});
