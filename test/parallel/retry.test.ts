import { describe, expect, it } from 'vitest';
import { retrying } from '../../src/parallel/retry.js';
import { VirtualTimers } from './virtual-timers.js';

describe('work that is tried again', () => {
  it('waits at most 250, then 500 ms, and gives up with the last error', async () => {
    const timers = new VirtualTimers();
    const tries: number[] = [];
    const work = async (): Promise<never> => {
      tries.push(timers.elapsed());
      throw new Error(`try ${tries.length}`);
    };
    const result = retrying(work, { timers, retries: () => 2, random: () => 1 });
    const outcome = expect(result).rejects.toThrow('try 3');
    await timers.advance(10_000);
    await outcome;
    expect(tries).toEqual([0, 250, 750]);
  });

  it('is not tried again where that is of no use', async () => {
    const work = (): Promise<never> => Promise.reject(new Error('banned'));
    const timers = new VirtualTimers();
    await expect(retrying(work, { timers, retries: () => 0 })).rejects.toThrow('banned');
    expect(timers.pending).toBe(0);
  });

  it('is not tried again after an abort', async () => {
    const timers = new VirtualTimers();
    const controller = new AbortController();
    const work = (): Promise<never> => Promise.reject(new Error('reset'));
    const { signal } = controller;
    const result = retrying(work, { timers, signal, retries: () => 5, random: () => 1 });
    const outcome = expect(result).rejects.toMatchObject({ code: 'aborted' });
    await timers.advance(100);
    controller.abort();
    await outcome;
    expect(timers.pending).toBe(0);
  });
});
