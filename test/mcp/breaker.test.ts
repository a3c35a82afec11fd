import { expect, test } from 'vitest';
import { Breaker } from '../../src/mcp/breaker.js';

function opened(): Breaker {
  const breaker = new Breaker(() => 1);
  for (let i = 0; i < 5; i++) breaker.failed(0);
  return breaker;
}

test('a breaker opens after five failures in a row, for half a minute', () => {
  const breaker = new Breaker(() => 1);
  for (let i = 0; i < 4; i++) breaker.failed(0);
  expect(breaker.admits(0)).toBe(true);
  breaker.failed(0);
  expect([breaker.admits(0), breaker.admits(29_999)]).toEqual([false, false]);
});

test('a breaker opens when more than half of twenty calls failed, in whatever order', () => {
  const breaker = new Breaker(() => 1);
  for (let i = 0; i < 9; i++) breaker.succeeded();
  for (let i = 0; i < 11; i++) {
    expect(breaker.isOpen(0)).toBe(false);
    breaker.failed(0);
    if (i % 4 === 3) breaker.succeeded();
  }
  expect(breaker.isOpen(0)).toBe(true);
});

test('then one call tries: its success closes the breaker, its failure keeps it open twice as long', () => {
  const breaker = opened();
  expect([breaker.admits(30_000), breaker.admits(30_000)]).toEqual([true, false]);
  breaker.failed(30_000);
  expect([breaker.admits(89_999), breaker.admits(90_000)]).toEqual([false, true]);
  breaker.succeeded();
  expect([breaker.admits(90_000), breaker.admits(90_000)]).toEqual([true, true]);
});

test('a caller who gives up while trying leaves the next one to try', () => {
  const breaker = opened();
  expect(breaker.admits(30_000)).toBe(true);
  breaker.gaveUp();
  expect(breaker.admits(30_000)).toBe(true);
});

test('a breaker never stays open longer than ten minutes', () => {
  const breaker = opened();
  let now = 30_000;
  for (let i = 0; i < 12; i++) {
    expect(breaker.admits(now)).toBe(true);
    breaker.failed(now);
    now += 600_000;
  }
  expect(breaker.admits(now)).toBe(true);
});

test('a peer that asks for rest is left alone as long, ten minutes at most, and has not failed', () => {
  const breaker = new Breaker(() => 1);
  breaker.rest(5_000, 0);
  expect([breaker.admits(4_999), breaker.admits(5_000)]).toEqual([false, true]);
  breaker.rest(1e9, 0);
  expect([breaker.admits(599_999), breaker.admits(600_000)]).toEqual([false, true]);
});
