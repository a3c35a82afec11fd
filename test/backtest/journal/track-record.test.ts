import { describe, expect, it } from 'vitest';
import { driftOf } from '../../../src/backtest/journal/drift-alarm.js';
import { gradedSignals } from '../../../src/backtest/journal/graded.js';
import { trackRecord, withOpinion } from '../../../src/backtest/journal/track-record.js';
import { trustedSettings } from '../../../src/backtest/journal/trusted-settings.js';
import { aHistory, aSignal } from './entries.js';

describe('trackRecord', () => {
  it('of nothing knows nothing, and trusts as before', () => {
    const record = trackRecord([aSignal()]);
    expect(record).toMatchObject({ graded: 0, open: 1, brier: undefined, fallsBack: false });
    expect(trustedSettings({ minScore: 0.3 }, record, 0.1)).toEqual({
      config: { minScore: 0.3 },
      notes: [],
    });
  });

  it('grades hits, wins, returns and Brier scores', () => {
    const record = trackRecord(aHistory(200, 0.4, () => ({ p: 0.4, noSkill: 0.5 })));
    expect(record.hitRate).toBeCloseTo(0.4, 2);
    expect(record.meanChance).toBeCloseTo(0.4, 9);
    expect(record.meanNoSkill).toBeCloseTo(0.5, 9);
    expect(record.isEnough).toBe(true);
    expect(record.reliability).toHaveLength(10);
    expect(record.winRate).toBeCloseTo(0.4, 2);
    expect(record.netBps).toBeCloseTo(0.4 * 176 - 0.6 * 124, -1);
    expect(record.brier).toBeCloseTo(0.24, 2);
    expect(record.noSkillBrier).toBeCloseTo(0.25, 6);
    expect(record.fallsBack).toBe(false);
    expect(record.drift.alarm).toBe(false);
  });

  it('falls back when chances are worse than no skill by two standard errors, and settings follow', () => {
    const record = trackRecord(
      aHistory(200, 0.4, (i) => ({ p: i % 2 === 0 ? 0.7 : 0.1, noSkill: 0.4 })),
    );
    expect(record.loss?.mean).toBeGreaterThan(2 * (record.loss?.error ?? 0));
    expect(record.fallsBack).toBe(true);
    const { config, notes } = trustedSettings({}, record, 0.1);
    expect(config).toEqual({ trustDirection: false });
    expect(notes).toEqual([expect.stringContaining('fall back')]);
  });

  it('does not fall back on the word of a few signals', () => {
    const record = trackRecord(aHistory(40, 0.4, () => ({ p: 0.9, noSkill: 0.4 })));
    expect(record.loss?.mean).toBeGreaterThan(0);
    expect(record.isEnough).toBe(false);
    expect(record.fallsBack).toBe(false);
    expect(record.reliability.every(({ count }) => count >= 10)).toBe(true);
  });

  it('forgets a failure that newer signals have outlived', () => {
    const past = aHistory(200, 0.4, () => ({ p: 0.9, noSkill: 0.4 }));
    const since = aHistory(600, 0.4, (i) => ({
      time: (1000 + i) * 43_200_000,
      id: `later ${i}`,
    })).map((entry) =>
      entry.kind === 'outcome' ? { ...entry, endedAt: entry.endedAt + 1e12 } : entry,
    );
    expect(trackRecord(past).fallsBack).toBe(true);
    expect(trackRecord([...past, ...since]).fallsBack).toBe(false);
  });

  it('counts no signal that could not be entered', () => {
    const signal = aSignal();
    const outcome = { kind: 'outcome', id: signal.id, outcome: 'void', endedAt: 0, netReturn: 0 };
    expect(trackRecord([signal, outcome as never])).toMatchObject({ graded: 0, open: 0 });
  });

  it('has a second opinion earn its say, and lose it while it has not', () => {
    const knowing = trackRecord(aHistory(300, 0.4, (_, isHit) => ({ ai: isHit ? 0.8 : -0.8 })));
    expect(knowing.ai.heard).toBe(300);
    expect(knowing.ai.gain?.mean).toBeGreaterThan(0);
    expect(knowing.ai.weight).toBe(1);
    const guessing = trackRecord(aHistory(300, 0.4, (i) => ({ ai: i % 3 === 0 ? 0.8 : -0.8 })));
    expect(guessing.ai.weight).toBeCloseTo(1 / 8, 6);
    const { config } = trustedSettings({}, guessing, 0.1);
    expect(config.maxAiAdjustment).toBeCloseTo(0.0125, 6);
    expect(trackRecord(aHistory(50, 0.4, () => ({}))).ai).toEqual({
      heard: 0,
      gain: undefined,
      weight: 1,
    });
  });
});

describe('withOpinion', () => {
  it('moves a chance the way of the opinion, and never by more than 0.02', () => {
    expect(withOpinion(0.5, 0)).toBeCloseTo(0.5, 12);
    expect(withOpinion(0.9, 0.5)).toBeGreaterThan(0.9);
    expect(withOpinion(0.5, 1)).toBeCloseTo(0.52, 12);
    expect(withOpinion(0.5, -1)).toBeCloseTo(0.48, 12);
  });
});

describe('driftOf', () => {
  const graded = (share: number) => gradedSignals(aHistory(300, share, () => ({ p: 0.4 })));

  it('stays silent while outcomes follow their chances', () => {
    expect(driftOf(graded(0.4)).alarm).toBe(false);
  });

  it('rings when hits become more, or fewer, than forecast', () => {
    expect(driftOf(graded(0.75))).toMatchObject({ alarm: true });
    expect(driftOf(graded(0.05))).toMatchObject({ alarm: true });
    expect(driftOf(graded(0.75)).tooMany).toBeGreaterThan(driftOf(graded(0.75)).tooFew);
  });
});
