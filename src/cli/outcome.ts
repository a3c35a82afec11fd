import { printable } from '../report/columns.js';
import type { ScanFailure, ScanReport } from '../scanner/scan-report.js';
import { EXIT, type ExitCode } from './exit-code.js';
import type { Terminal } from './terminal.js';

// A source that is down fails every symbol the same way; a screen of it says no more than a few lines.
const NAMED_FAILURES = 5;

/** The exit code of a finished scan; failed symbols are named on stderr, whatever the format of the result. */
export function outcomeOf(report: ScanReport, terminal: Terminal): ExitCode {
  const { failures, error, fallback } = report;
  if (fallback !== undefined) {
    terminal.warn(printable(`ems: scanned in this process: ${fallback.message}`));
  }
  if (error !== undefined) {
    terminal.warn(printable(`ems: ${error.message}`));
    return EXIT.noSource;
  }
  for (const line of failureLines(failures)) terminal.warn(line);
  return failures.length > 0 ? EXIT.partial : EXIT.complete;
}

function failureLines(failures: readonly ScanFailure[]): readonly string[] {
  const named = failures
    .slice(0, NAMED_FAILURES)
    .map(({ symbol, error }) => printable(`ems: ${symbol} failed: ${error.message}`));
  const others = failures.length - named.length;
  return others > 0 ? [...named, `ems: ${others} other symbols failed`] : named;
}
