import type { ScanProgress } from '../scanner/scanner-events.js';
import type { Terminal } from './terminal.js';

/** Draws how far a scan is while somebody watches; wiped away when it is done. */
export interface ProgressBar {
  update(progress: ScanProgress): void;
  stop(): void;
}

const SILENT: ProgressBar = { update() {}, stop() {} };

/** A bar on stderr where that is a terminal; nothing where it is not. */
export async function progressBar(
  { interactive }: Terminal,
  doing = 'scanning',
): Promise<ProgressBar> {
  if (!interactive) return SILENT;
  const { default: cliProgress } = await import('cli-progress');
  const bar = new cliProgress.SingleBar({
    format: `${doing} {bar} {value}/{total}, {eta_formatted} left {symbol}`,
    barCompleteChar: '#',
    barIncompleteChar: '.',
    barsize: 30,
    clearOnComplete: true,
    hideCursor: true,
    stopOnComplete: true,
  });
  let started = false;
  return {
    update({ symbol, done, total }) {
      if (!started) bar.start(total, 0, { symbol });
      started = true;
      bar.update(done, { symbol });
    },
    stop() {
      if (started) bar.stop();
      started = false;
    },
  };
}
