import { describe, expect, test } from 'vitest';
import { silentLogger } from '../../src/ports/logger.js';
import { EventEmitter } from '../../src/scanner/events.js';
import { settle } from '../parallel/virtual-timers.js';

function setUp() {
  const complaints: string[] = [];
  const logger = { ...silentLogger, error: (message: string) => void complaints.push(message) };
  return { complaints, emitter: new EventEmitter<{ tick: number }>(logger) };
}

describe('EventEmitter', () => {
  test('tells each listener once, until it stops listening', () => {
    const { emitter } = setUp();
    const heard: number[] = [];
    const listener = (n: number): unknown => heard.push(n);
    const stopFirst = emitter.on('tick', listener);
    emitter.on('tick', listener);
    emitter.emit('tick', 1);
    stopFirst();
    stopFirst();
    emitter.emit('tick', 2);
    expect(heard).toEqual([1, 1, 2]);
  });

  test('a listener that throws or rejects is logged and disturbs no other', async () => {
    const { emitter, complaints } = setUp();
    const heard: number[] = [];
    emitter.on('tick', () => {
      throw new Error('boom');
    });
    emitter.on('tick', () => Promise.reject(new Error('later')));
    emitter.on('tick', (n) => heard.push(n));
    emitter.emit('tick', 1);
    await settle();
    expect(heard).toEqual([1]);
    expect(complaints).toEqual(['a listener of "tick" failed', 'a listener of "tick" failed']);
  });

  test('a listener may stop itself or others while it listens', () => {
    const { emitter } = setUp();
    const heard: string[] = [];
    const stop = emitter.on('tick', () => {
      heard.push('a');
      stop();
    });
    emitter.on('tick', () => heard.push('b'));
    emitter.emit('tick', 1);
    emitter.emit('tick', 2);
    expect(heard).toEqual(['a', 'b', 'b']);
  });
});
