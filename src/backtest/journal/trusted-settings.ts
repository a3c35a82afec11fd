import type { ScannerConfigInput } from '../../scanner/config.js';
import type { TrackRecord } from './track-record.js';

/** Settings that trust what a record bears out, and sentences on what they no longer do. */
export interface TrustedSettings {
  readonly config: ScannerConfigInput;
  readonly notes: readonly string[];
}

/**
 * Settings brought down to what a track record bears out: opinions on direction fall silent where signals did worse than no
 * skill, and a second opinion may move a score only as far as it has earned.
 *
 * @param maxAiAdjustment - How far it might move one with a full say.
 */
export function trustedSettings(
  config: ScannerConfigInput,
  record: TrackRecord,
  maxAiAdjustment: number,
): TrustedSettings {
  const notes: string[] = [];
  let trusted = config;
  if (record.fallsBack) {
    trusted = { ...trusted, trustDirection: false };
    notes.push(
      `over ${record.graded} graded signals chances did worse than no skill: they fall back to it`,
    );
  }
  if (record.ai.heard > 0 && record.ai.weight < 1) {
    trusted = { ...trusted, maxAiAdjustment: record.ai.weight * maxAiAdjustment };
    notes.push(
      `over ${record.ai.heard} graded signals second opinions have proven no gain: they keep ` +
        `${(100 * record.ai.weight).toFixed(0)} % of their say`,
    );
  }
  if (record.drift.alarm) {
    notes.push('outcomes are drifting away from their chances: calibrate anew');
  }
  return { config: trusted, notes };
}
