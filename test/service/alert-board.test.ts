import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AlertId } from '../../src/service/alert.js';
import { AlertBoard, type AlertMeasures } from '../../src/service/alert-board.js';
import { ALERT_RULES, type AlertOverrides, alertRules } from '../../src/service/alert-rules.js';

const NOTHING = Object.fromEntries(ALERT_RULES.map(({ id }) => [id, undefined])) as AlertMeasures;

function only(id: AlertId, value: number | undefined): AlertMeasures {
  return { ...NOTHING, [id]: value };
}

describe.each(ALERT_RULES)('the alert $id', (rule) => {
  const bad = rule.raiseAbove + 0.01;

  test('is raised by so many bad scans in a row and cleared by so many good ones', () => {
    const board = new AlertBoard([rule]);
    const changes = (value: number, times: number) =>
      Array.from({ length: times }, (_, i) =>
        board.observe(only(rule.id, value), 1_000 + i),
      ).flat();
    expect(changes(bad, rule.raiseAfter - 1)).toEqual([]);
    expect(changes(bad, 1)).toMatchObject([{ kind: 'raised', alert: { id: rule.id, value: bad } }]);
    expect(changes(rule.clearAt, rule.clearAfter - 1)).toEqual([]);
    expect(board.active).toHaveLength(1);
    expect(changes(rule.clearAt, 1)).toMatchObject([{ kind: 'cleared' }]);
    expect(board.active).toEqual([]);
  });

  test('does not flicker between its two limits', () => {
    const between = (rule.raiseAbove + rule.clearAt) / 2;
    const board = new AlertBoard([rule]);
    const all = (values: readonly number[]) =>
      values.flatMap((value) => board.observe(only(rule.id, value), 0));
    expect(all(Array(20).fill(between))).toEqual([]);
    all(Array(rule.raiseAfter).fill(bad));
    const inside = rule.clearAt === rule.raiseAbove ? bad : between;
    expect(all(Array(20).fill(inside))).toEqual([]);
    expect(board.active).toHaveLength(1);
  });

  test('stays as it is where nothing is known', () => {
    const board = new AlertBoard([rule]);
    for (let i = 0; i < rule.raiseAfter; i++) board.observe(only(rule.id, bad), 5);
    expect(board.observe(NOTHING, 9)).toEqual([]);
    expect(board.active).toMatchObject([{ id: rule.id, since: 5 }]);
  });
});

test('what is raised and what is cleared take turns, whatever is measured', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.double({ min: 0, max: 2, noNaN: true }))), (values) => {
      const board = new AlertBoard(alertRules());
      const kinds = values.flatMap((value) =>
        board.observe(only('memory', value ?? undefined), 0).map(({ kind }) => kind),
      );
      expect(kinds).toEqual(kinds.map((_, i) => (i % 2 === 0 ? 'raised' : 'cleared')));
      expect(board.active).toHaveLength(kinds.length % 2);
    }),
  );
});

test('a message says what is measured, the value and the limit', () => {
  const board = new AlertBoard(alertRules({ memory: { raiseAfter: 1 } }));
  expect(board.observe(only('memory', 0.93456), 0)[0].alert.message).toBe(
    'share of the allowed memory in use: 0.935, the limit is 0.9',
  );
});

test.each([
  [{ memory: { raiseAbove: 0.5 } }, 'the alert memory must have clearAt at most raiseAbove'],
  [{ memory: { raiseAfter: 0 } }, 'whole raiseAfter and clearAfter from 1; was 0.8, 0.9, 0, 3'],
  [{ memori: {} }, 'alerts must be out of scan-failures, slow-scans'],
])('limits %j are refused', (overrides, message) => {
  expect(() => alertRules(overrides as AlertOverrides)).toThrow(message);
});
