import { readFile, rename, writeFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { quote, ScannerError } from '../errors.js';
import { readModelCard } from '../forecast/read-model-card.js';
import { type Capsule, parseCapsule } from '../providers/recorded/capsule.js';
import { replayProvider } from '../providers/replay.js';
import type { ScannerConfigInput } from '../scanner/config.js';
import { EnhancedMarketScanner } from '../scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../scanner/scan-report.js';
import { EXIT, Refusal } from './exit-code.js';

/** Writes a capsule, compressed, for its owner alone; the file is there whole or not at all. */
export async function writeCapsule(path: string, capsule: Capsule): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(draft, gzipSync(JSON.stringify(capsule)), { mode: 0o600, flush: true });
    await rename(draft, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Refusal(EXIT.usage, `the capsule cannot be written to ${quote(path)} (${code})`);
  }
}

/** Reads a capsule. */
export async function readCapsule(path: string): Promise<Capsule> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'does not exist' : `cannot be read (${error.code})`;
    throw new Refusal(EXIT.usage, `the capsule ${quote(path)} ${why}`);
  });
  return parseCapsule(unzipped(bytes, path));
}

/** The report of the recorded scan, made again from what was recorded; its duration is that of the recording. */
export async function replayReport(capsule: Capsule, signal: AbortSignal): Promise<ScanReport> {
  const provider = replayProvider(capsule);
  const { clock, timers, aiScorer } = provider;
  const config = capsule.config as ScannerConfigInput;
  const modelCard =
    capsule.modelCard === undefined ? undefined : readModelCard(JSON.stringify(capsule.modelCard));
  const tools = { provider, clock, timers, aiScorer, modelCard };
  await using scanner = new EnhancedMarketScanner({ ...tools, config });
  const report = await scanner.scan({ symbols: capsule.symbols, signal });
  return { ...report, durationMs: capsule.durationMs };
}

function unzipped(bytes: Uint8Array, path: string): string {
  try {
    return gunzipSync(bytes).toString('utf8');
  } catch (error) {
    throw new ScannerError('config', `a capsule must be gzip, ${quote(path)} is not`, {
      cause: error,
    });
  }
}
