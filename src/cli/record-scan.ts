import type { Capsule } from '../providers/recorded/capsule.js';
import { recordedProvider } from '../providers/recorded.js';
import { EnhancedMarketScanner } from '../scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../scanner/scan-report.js';
import type { Context } from './context.js';
import type { ScanFlags } from './flags.js';
import { readSettings } from './settings.js';
import { openSource, presentOf, symbolsOf } from './source.js';
import { resolveSymbol } from './symbol-name.js';
import { version } from './version.js';

/** What a recording needs besides the flags. */
export interface RecordingContext extends Pick<Context, 'env' | 'signal'> {
  readonly secrets: readonly string[];
}

/** Scans once and records it. */
export async function recordScan(
  flags: ScanFlags,
  { env, signal, secrets }: RecordingContext,
): Promise<{ readonly report: ScanReport; readonly capsule: Capsule }> {
  const config = await readSettings(flags, env);
  const { provider: source } = await openSource(flags.source, { baseUrl: flags.baseUrl, env });
  const now = flags.at ?? (await presentOf(source));
  const known = await symbolsOf(source, now);
  const symbols = flags.symbols?.map((typed) => resolveSymbol(typed, known));
  const provider = recordedProvider(source, { clock: () => now, secrets });
  await using scanner = new EnhancedMarketScanner({ provider, config, clock: provider.clock });
  const report = await scanner.scan({ symbols, signal });
  const capsule = provider.capsule({
    config: scanner.config,
    symbols,
    versions: { 'enhanced-market-scanner': version(), node: process.version },
    durationMs: report.durationMs,
  });
  return { report, capsule };
}
