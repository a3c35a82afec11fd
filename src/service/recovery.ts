import type { Workload } from '../scanner/workload.js';
import type { AlertId } from './alert.js';
import { LoadLadder, type LoadStep } from './load-ladder.js';

/** What a service does by itself when something is amiss. */
export type RecoveryAction =
  | 'reconnect-ai'
  | 'restart-scanner'
  | 'release-memory'
  | LoadStep
  | 'more-load';

/** Something a service did. */
export interface Recovery {
  readonly action: RecoveryAction;
  /** The alert that asked for it; `undefined` for `more-load`, which follows when all is well. */
  readonly alert: AlertId | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What there is to recover. */
export interface RecoveryPort {
  reconnectAi(): Promise<void>;
  /** Makes the scanner anew: its connections, its source, its executor. Absent where nobody knows how. */
  restartScanner?(): Promise<void>;
  releaseMemory(): void;
  setWorkload(workload: Workload): void;
}

/** What a recovery is decided by. */
export interface RecoveryEvidence {
  /** The alerts that are on. */
  readonly alerts: ReadonlySet<AlertId>;
  /** 1 is one core. */
  readonly cpuUsage: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What the scanner is made anew for. */
const LOSSES = ['source-lost', 'workers-lost'] as const;
/** What the scanner is eased for, the more pressing first. */
const PRESSURES = ['memory', 'slow-scans'] as const;
/** How many scans a step is given to show its effect before the next one. */
const SETTLING_SCANS = 2;
/** How many quiet scans pass before load comes back, step by step. */
const QUIET_SCANS = 10;
/** Restarts come after 1, 2, 4 ... scans, and at the latest after so many. */
const LONGEST_PAUSE = 32;
/** A scan that waits for the network gains nothing from fewer symbols at once; one that waits for the processor does. */
const BUSY = 0.9;

type Record = (action: RecoveryAction, alert: AlertId | undefined) => void;

/**
 * Answers alerts with what mends their cause: a lost AI scorer is connected anew; a lost source or lost workers have the
 * scanner made anew, at growing intervals; memory is released, then depth halves, then concurrency; slow scans halve depth,
 * and concurrency where the processor is what they wait for. When all has been quiet for a while, load comes back step by step.
 */
export class Recoverer {
  readonly #port: RecoveryPort;
  readonly #ladder: LoadLadder;
  /** Scans left for the last step to show its effect; `undefined` while there is no pressure. */
  #settling: number | undefined;
  #quiet = 0;
  #pause = 1;
  #untilRestart = 0;

  constructor(port: RecoveryPort, configured: Workload) {
    this.#port = port;
    this.#ladder = new LoadLadder(configured);
  }

  /** Acts once, after a scan. */
  async act(evidence: RecoveryEvidence): Promise<readonly Recovery[]> {
    const { alerts, now } = evidence;
    const done: Recovery[] = [];
    const record: Record = (action, alert) => void done.push({ action, alert, at: now });
    if (alerts.has('ai-lost')) {
      await this.#port.reconnectAi();
      record('reconnect-ai', 'ai-lost');
    }
    const lost = LOSSES.find((id) => alerts.has(id));
    if (this.#isTimeToRestart(lost !== undefined) && this.#port.restartScanner) {
      await this.#port.restartScanner();
      this.#port.setWorkload(this.#ladder.workload);
      record('restart-scanner', lost);
    }
    this.#ease(evidence, record);
    return done;
  }

  #isTimeToRestart(isLost: boolean): boolean {
    if (!isLost) {
      this.#pause = 1;
      this.#untilRestart = 0;
      return false;
    }
    if (this.#untilRestart-- > 0) return false;
    this.#untilRestart = this.#pause;
    this.#pause = Math.min(LONGEST_PAUSE, this.#pause * 2);
    return true;
  }

  #ease({ alerts, cpuUsage }: RecoveryEvidence, record: Record): void {
    const pressure = PRESSURES.find((id) => alerts.has(id));
    if (pressure === undefined) {
      this.#relax(record);
      return;
    }
    this.#quiet = 0;
    if (pressure === 'memory' && this.#settling === undefined) {
      // The first answer is to forget; only what that does not mend costs evidence.
      this.#release(record);
      this.#settling = SETTLING_SCANS;
    }
    if (this.#settling !== undefined && this.#settling > 0) {
      this.#settling--;
      return;
    }
    const { next } = this.#ladder;
    const helps = pressure === 'memory' || next === 'less-depth' || cpuUsage > BUSY;
    if (next === undefined || !helps) return;
    this.#ladder.descend();
    this.#port.setWorkload(this.#ladder.workload);
    record(next, pressure);
    if (pressure === 'memory') this.#release(record);
    this.#settling = SETTLING_SCANS;
  }

  #release(record: Record): void {
    this.#port.releaseMemory();
    record('release-memory', 'memory');
  }

  #relax(record: Record): void {
    this.#settling = undefined;
    if (this.#ladder.isAtTop || ++this.#quiet < QUIET_SCANS) return;
    this.#quiet = 0;
    this.#ladder.climb();
    this.#port.setWorkload(this.#ladder.workload);
    record('more-load', undefined);
  }
}
