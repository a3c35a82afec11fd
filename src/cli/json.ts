import type { ScanFailure, ScanReport } from '../scanner/scan-report.js';
import type { Rejection } from '../scoring/rejection.js';
import type { MarketSignal } from '../scoring/signal.js';

/**
 * JSON of a result. The same result gives the same text; absent fields are left out.
 *
 * @throws RangeError naming the field that is `NaN` or infinite: JSON would silently turn it into `null`.
 */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, refuseNonFinite, indent);
}

/** Where one symbol ended up. */
export type Place =
  | ({ readonly kind: 'signal' } & MarketSignal)
  | ({ readonly kind: 'rejection' } & Rejection)
  | ({ readonly kind: 'failure' } & ScanFailure);

/** Every symbol of a report: signals by rank, then rejections, then failures. */
export function placesOf({ signals, rejections, failures }: ScanReport): readonly Place[] {
  return [
    ...signals.map((signal) => ({ kind: 'signal', ...signal }) as const),
    ...rejections.map((rejection) => ({ kind: 'rejection', ...rejection }) as const),
    ...failures.map((failure) => ({ kind: 'failure', ...failure }) as const),
  ];
}

function refuseNonFinite(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`${key} is ${value}, which JSON cannot hold`);
  }
  return value;
}
