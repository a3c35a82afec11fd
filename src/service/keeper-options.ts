import type { Clock, Timers } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import type { EnhancedMarketScanner } from '../scanner/enhanced-market-scanner.js';
import type { AlertOverrides } from './alert-rules.js';
import type { ProcessUsage } from './process-usage.js';

/** Makes a scanner, again and again where it is lost. */
export type ScannerFactory = () => EnhancedMarketScanner | Promise<EnhancedMarketScanner>;

/** What keeps a scanner scanning. */
export interface KeeperOptions {
  /**
   * A scanner, which stays yours; or what makes one, which is then closed with the service and made anew when its source or its
   * workers are lost. The source is best the same for all that are made, for it remembers the pauses an exchange asked for.
   */
  readonly scanner: EnhancedMarketScanner | ScannerFactory;
  /** What is scanned instead of the filtered universe. */
  readonly symbols?: readonly string[] | undefined;
  /** How many workers the scanner has; asked after each scan. */
  readonly workers?: (() => Promise<number>) | undefined;
  /** How many there are to be; fewer raise an alert. */
  readonly expectedWorkers?: number | undefined;
  /** Other limits for the alerts. */
  readonly alerts?: AlertOverrides | undefined;
  /** How old the last scan with data may be before the service is not ready. @defaultValue three intervals, and not less than 90 seconds */
  readonly maxScanAgeMs?: number | undefined;
  /** @defaultValue one that says nothing */
  readonly logger?: Logger | undefined;
  /** How time passes. @defaultValue the machine's time */
  readonly timers?: Timers | undefined;
  /** What alerts are dated with. @defaultValue `Date.now` */
  readonly clock?: Clock | undefined;
  /** What the process takes of its machine. @defaultValue measured */
  readonly usage?: (() => ProcessUsage) | undefined;
}
