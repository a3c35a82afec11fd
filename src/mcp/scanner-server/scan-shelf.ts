import { quote, ScannerError } from '../../errors.js';
import type { ScanReport } from '../../scanner/scan-report.js';

/** A scan that was made for an assistant, kept for its next questions. */
export interface KeptScan {
  readonly id: string;
  readonly report: ScanReport;
  /** Whether every symbol of the market was asked for. */
  readonly isWhole: boolean;
}

const MOST_KEPT = 16;

/** The newest scans, oldest first. */
export class ScanShelf {
  #scans: readonly KeptScan[] = [];

  get all(): readonly KeptScan[] {
    return this.#scans;
  }

  get newest(): KeptScan | undefined {
    return this.#scans.at(-1);
  }

  /** The newest scan of the whole market. */
  get newestWhole(): KeptScan | undefined {
    return this.#scans.findLast(({ isWhole }) => isWhole);
  }

  keep(report: ScanReport, isWhole: boolean): KeptScan {
    const scan = { id: crypto.randomUUID(), report, isWhole };
    this.#scans = [...this.#scans, scan].slice(-MOST_KEPT);
    return scan;
  }

  /** @throws ScannerError `bad_data` for a scan that is not known, or no longer. */
  get(id: string): KeptScan {
    const scan = this.#scans.find((each) => each.id === id);
    if (scan === undefined) throw new ScannerError('bad_data', `there is no scan ${quote(id)}`);
    return scan;
  }
}
