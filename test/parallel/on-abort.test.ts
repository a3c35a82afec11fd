import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { onAbort } from '../../src/parallel/on-abort.js';

describe('onAbort', () => {
  test('tells everybody once, in order, through one listener of the signal', () => {
    const controller = new AbortController();
    const told: number[] = [];
    for (let i = 0; i < 50; i++) onAbort(controller.signal, () => told.push(i));
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
    controller.abort();
    expect(told).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  test('leaves no listener behind when the last has stopped listening', () => {
    const { signal } = new AbortController();
    const stops = [1, 2, 3].map(() => onAbort(signal, () => {}));
    for (const stop of stops) stop();
    for (const stop of stops) stop();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('a function that listens twice is told twice, and stops once at a time', () => {
    const controller = new AbortController();
    let calls = 0;
    const listener = (): void => void calls++;
    onAbort(controller.signal, listener);
    onAbort(controller.signal, listener)();
    onAbort(controller.signal, listener);
    controller.abort();
    expect(calls).toBe(2);
  });

  test('who stops listening while others are told is not told', () => {
    const controller = new AbortController();
    const told: string[] = [];
    let stop = (): void => {};
    onAbort(controller.signal, () => {
      told.push('first');
      stop();
    });
    stop = onAbort(controller.signal, () => told.push('second'));
    controller.abort();
    expect(told).toEqual(['first']);
  });

  test('nobody is told without a signal', () => {
    expect(onAbort(undefined, () => {})).not.toThrow();
  });
});
