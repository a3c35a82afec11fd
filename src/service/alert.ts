/** What a service watches for. */
export type AlertId =
  | 'scan-failures'
  | 'slow-scans'
  | 'memory'
  | 'signal-quality'
  | 'ai-lost'
  | 'workers-lost'
  | 'source-lost';

/** How urgent an alert is: `critical` means that signals are missing or wrong. */
export type AlertSeverity = 'warning' | 'critical';

/** When an alert is raised and when it is cleared. The gap between both keeps it from flickering. */
export interface AlertRule {
  readonly id: AlertId;
  readonly severity: AlertSeverity;
  /** What is measured, and its unit. */
  readonly what: string;
  /** Bad when the measure is above this. */
  readonly raiseAbove: number;
  /** Good again when the measure is at most this; at most `raiseAbove`. */
  readonly clearAt: number;
  /** How many bad scans in a row raise it. */
  readonly raiseAfter: number;
  /** How many good scans in a row clear it. */
  readonly clearAfter: number;
}

/** The numbers of a rule, which may be set. */
export type AlertLimits = Pick<AlertRule, 'raiseAbove' | 'clearAt' | 'raiseAfter' | 'clearAfter'>;

/** A rule that is broken. */
export interface Alert {
  readonly id: AlertId;
  readonly severity: AlertSeverity;
  /** When it was raised, epoch milliseconds. */
  readonly since: number;
  /** The newest measure. */
  readonly value: number;
  /** One sentence: what is measured, the value, the limit. */
  readonly message: string;
}

/** An alert that was raised or has been cleared. */
export interface AlertChange {
  readonly kind: 'raised' | 'cleared';
  readonly alert: Alert;
}
