import type { Capsule } from '../providers/recorded/capsule.js';
import { recordedProvider } from '../providers/recorded.js';
import { EnhancedMarketScanner } from '../scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../scanner/scan-report.js';
import { readCard } from './card.js';
import type { Context } from './context.js';
import { EXIT, Refusal } from './exit-code.js';
import type { ScanFlags } from './flags.js';
import { secondOpinion } from './second-opinion.js';
import { readSettings } from './settings.js';
import { openSource, presentOf, symbolsOf } from './source.js';
import { resolveSymbol } from './symbol-name.js';
import { version } from './version.js';

/** What a recording needs besides the flags. */
export interface RecordingContext extends Pick<Context, 'env' | 'signal'> {
  readonly secrets: readonly string[];
}

/** Scans once and records it, with what the AI scorer of the environment says. @throws Refusal for a scan that is not all its own */
export async function recordScan(
  flags: ScanFlags,
  { env, signal, secrets }: RecordingContext,
): Promise<{ readonly report: ScanReport; readonly capsule: Capsule }> {
  for (const flag of ['fleet', 'journal'] as const) {
    if (flags[flag] !== undefined) {
      throw new Refusal(
        EXIT.usage,
        `--${flag} goes with ems scan: a recording is of one process alone`,
      );
    }
  }
  const config = await readSettings(flags, env);
  const modelCard = await readCard(flags.card);
  const scorer = await secondOpinion(env);
  const { provider: source } = await openSource(flags.source, {
    ...{ baseUrl: flags.baseUrl, env, streamHistory: flags.streams },
  });
  const now = flags.at ?? (await presentOf(source));
  const known = await symbolsOf(source, now);
  const symbols = flags.symbols?.map((typed) => resolveSymbol(typed, known));
  const provider = recordedProvider(source, { clock: () => now, secrets });
  const aiScorer = scorer && provider.recordScorer(scorer);
  const { clock } = provider;
  await using scanner = new EnhancedMarketScanner({ provider, aiScorer, modelCard, config, clock });
  const report = await scanner.scan({ symbols, signal });
  const capsule = provider.capsule({
    config: scanner.config,
    modelCard,
    symbols,
    versions: { 'enhanced-market-scanner': version(), node: process.version },
    durationMs: report.durationMs,
  });
  return { report, capsule };
}
