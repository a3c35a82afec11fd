import type { Alert, AlertChange, AlertId, AlertRule } from './alert.js';

/** A measure for each rule; `undefined` where nothing is known, which changes nothing. */
export type AlertMeasures = Readonly<Record<AlertId, number | undefined>>;

interface Row {
  alert: Alert | undefined;
  /** How many scans in a row spoke against the state it is in. */
  against: number;
}

/** The alerts that are on. */
export class AlertBoard {
  readonly #rules: readonly AlertRule[];
  readonly #rows: ReadonlyMap<AlertId, Row>;

  constructor(rules: readonly AlertRule[]) {
    this.#rules = rules;
    this.#rows = new Map(rules.map(({ id }) => [id, { alert: undefined, against: 0 }]));
  }

  get active(): readonly Alert[] {
    return [...this.#rows.values()].flatMap(({ alert }) => alert ?? []);
  }

  /** Reads the measures of one scan. @param now - Epoch milliseconds. */
  observe(measures: AlertMeasures, now: number): readonly AlertChange[] {
    return this.#rules.flatMap((rule) => {
      const row = this.#rows.get(rule.id);
      const value = measures[rule.id];
      return row === undefined || value === undefined ? [] : (turn(row, rule, value, now) ?? []);
    });
  }
}

/** Brings one row up to date; what changed, if anything. */
function turn(row: Row, rule: AlertRule, value: number, now: number): AlertChange | undefined {
  const { alert } = row;
  const isOn = alert !== undefined;
  const speaksAgainst = isOn ? value <= rule.clearAt : value > rule.raiseAbove;
  row.against = speaksAgainst ? row.against + 1 : 0;
  const current = alertOf(rule, value, alert?.since ?? now);
  if (row.against < (isOn ? rule.clearAfter : rule.raiseAfter)) {
    if (isOn) row.alert = current;
    return undefined;
  }
  row.against = 0;
  row.alert = isOn ? undefined : current;
  return { kind: isOn ? 'cleared' : 'raised', alert: current };
}

function alertOf(rule: AlertRule, value: number, since: number): Alert {
  const { id, severity, what, raiseAbove } = rule;
  const shown = (n: number): string => `${Number(n.toPrecision(3))}`;
  return {
    id,
    severity,
    since,
    value,
    message: `${what}: ${shown(value)}, the limit is ${shown(raiseAbove)}`,
  };
}
