import { ScannerError } from '../errors.js';
import type { AlertId, AlertLimits, AlertRule } from './alert.js';

/** Changes of the limits, by alert. */
export type AlertOverrides = Readonly<Partial<Record<AlertId, Partial<AlertLimits>>>>;

/** The rules as they are unless told otherwise: the limits of the original system, and the way back from them. */
export const ALERT_RULES: readonly AlertRule[] = [
  {
    id: 'scan-failures',
    severity: 'critical',
    what: 'share of symbols that failed over the last ten scans',
    raiseAbove: 0.05,
    clearAt: 0.02,
    raiseAfter: 2,
    clearAfter: 2,
  },
  {
    id: 'slow-scans',
    severity: 'warning',
    what: 'mean duration of the last ten scans in milliseconds',
    raiseAbove: 30_000,
    clearAt: 24_000,
    raiseAfter: 2,
    clearAfter: 2,
  },
  {
    id: 'memory',
    severity: 'critical',
    what: 'share of the allowed memory in use',
    raiseAbove: 0.9,
    clearAt: 0.8,
    raiseAfter: 2,
    clearAfter: 3,
  },
  {
    id: 'signal-quality',
    severity: 'warning',
    what: 'drop of mean score or of wins against their promise',
    raiseAbove: 0.2,
    clearAt: 0.1,
    raiseAfter: 3,
    clearAfter: 3,
  },
  {
    id: 'ai-lost',
    severity: 'warning',
    what: 'scans in a row that the AI scorer did not answer',
    raiseAbove: 1,
    clearAt: 0,
    raiseAfter: 1,
    clearAfter: 1,
  },
  {
    id: 'workers-lost',
    severity: 'critical',
    what: 'share of the expected workers that is missing',
    raiseAbove: 0,
    clearAt: 0,
    raiseAfter: 2,
    clearAfter: 2,
  },
  {
    id: 'source-lost',
    severity: 'critical',
    what: 'scans in a row without data from the source',
    raiseAbove: 1,
    clearAt: 0,
    raiseAfter: 1,
    clearAfter: 1,
  },
];

/** The rules with other limits. @throws ScannerError `config` for a limit that can never be reached, or that clears what it has not yet raised. */
export function alertRules(overrides: AlertOverrides = {}): readonly AlertRule[] {
  const known = new Set<string>(ALERT_RULES.map(({ id }) => id));
  const unknown = Object.keys(overrides).find((id) => !known.has(id));
  if (unknown !== undefined) {
    throw new ScannerError(
      'config',
      `alerts must be out of ${[...known].join(', ')}, was ${unknown}`,
    );
  }
  return ALERT_RULES.map((rule) => {
    const changed = { ...rule, ...overrides[rule.id] };
    const { id, raiseAbove, clearAt, raiseAfter, clearAfter } = changed;
    const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 1;
    if (!(clearAt <= raiseAbove) || !isCount(raiseAfter) || !isCount(clearAfter)) {
      throw new ScannerError(
        'config',
        `the alert ${id} must have clearAt at most raiseAbove, and whole raiseAfter and clearAfter from 1; was ${clearAt}, ${raiseAbove}, ${raiseAfter}, ${clearAfter}`,
      );
    }
    return changed;
  });
}
