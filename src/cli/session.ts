import { setTimeout as sleep } from 'node:timers/promises';
import { signalEntry } from '../backtest/journal/journal-entry.js';
import type { SignalJournal } from '../backtest/journal/journal-file.js';
import { trackRecord } from '../backtest/journal/track-record.js';
import { trustedSettings } from '../backtest/journal/trusted-settings.js';
import { ScannerError } from '../errors.js';
import { candleOpen, type Timeframe, timeframeMs } from '../market/timeframe.js';
import type { DataProvider } from '../ports/data-provider.js';
import { printable } from '../report/columns.js';
import type { ScannerConfigInput } from '../scanner/config.js';
import { parseScannerConfig } from '../scanner/config-schema.js';
import { EnhancedMarketScanner } from '../scanner/enhanced-market-scanner.js';
import type { ScanPlan } from '../scanner/scan-plan.js';
import type { ScanReport } from '../scanner/scan-report.js';
import type { SymbolAnalysis } from '../scanner/symbol-analysis.js';
import type { MarketSummary } from '../scoring/summary.js';
import { readCard } from './card.js';
import type { Context } from './context.js';
import type { ScanFlags } from './flags.js';
import { openJournal } from './journal.js';
import { type Fleet, openFleet } from './open-fleet.js';
import { progressBar } from './progress.js';
import { secondOpinion } from './second-opinion.js';
import { readSettings } from './settings.js';
import { openSource, presentOf, symbolsOf } from './source.js';
import { resolveSymbol } from './symbol-name.js';
import type { Terminal } from './terminal.js';

/** A scanner over the source of the flags, and the moment it stands at. */
export interface Session extends AsyncDisposable {
  /** What is scanned, as the user named it. */
  readonly source: string;
  scan(): Promise<ScanReport>;
  /** What scans will cost. */
  plan(): Promise<ScanPlan>;
  /** The market as a whole, and the report it sums up. */
  summary(): Promise<{ readonly summary: MarketSummary; readonly report: ScanReport }>;
  /** What is behind one symbol's score; `undefined` where it has too few candles to have one. */
  analyze(symbol: string): Promise<SymbolAnalysis | undefined>;
  /** The symbol a user means. */
  resolve(typed: string): string;
  /** A report whenever one is due, from now on. */
  watch(rhythm: Rhythm): AsyncGenerator<ScanReport, void, undefined>;
}

/** When a report of a watch is due. */
export interface Rhythm {
  /** Market time from one to the next. */
  readonly every: number;
  /** Due whenever a candle of it closes, instead. */
  readonly on?: Timeframe | undefined;
  /** Time of the user's from one to the next, where market time stands still. */
  readonly pace: number;
}

/**
 * Opens the source and makes the scanner that the flags describe.
 *
 * @param rhythm - For sessions that watch: what an exchange has told is kept, and what it pushes is followed.
 */
export async function openSession(
  flags: ScanFlags,
  context: Context,
  rhythm?: Rhythm,
): Promise<Session> {
  const fleet = flags.fleet === undefined ? undefined : await openFleet(flags.fleet, flags);
  try {
    return await sessionOver(fleet, flags, context, rhythm);
  } catch (error) {
    await fleet?.executor.close?.();
    throw error;
  }
}

async function sessionOver(
  fleet: Fleet | undefined,
  flags: ScanFlags,
  { env, signal, terminal }: Context,
  rhythm: Rhythm | undefined,
): Promise<Session> {
  const settings = await readSettings(flags, env);
  const journal = flags.journal === undefined ? undefined : await openJournal(flags.journal);
  const config = journal === undefined ? settings : trusted(settings, journal, terminal);
  const { provider, goesOn } = await openMarket(
    flags,
    { env, terminal },
    fleet,
    rhythm !== undefined,
  );
  let now = flags.at ?? (await presentOf(provider, signal));
  const aiScorer = await secondOpinion(env);
  const { executor } = fleet ?? {};
  const modelCard = await readCard(flags.card);
  const scanner = new EnhancedMarketScanner({
    ...{ provider, aiScorer, executor, modelCard },
    config: { ...config, ...(goesOn && rhythm && { scanIntervalMs: rhythm.every }) },
    clock: goesOn ? undefined : () => now,
  });
  const known = await symbolsOf(provider, now, signal);
  const resolve = (typed: string) => resolveSymbol(typed, known);
  const options = { symbols: flags.symbols?.map(resolve), signal };
  const bar = await progressBar(terminal);
  scanner.on('progress', (progress) => bar.update(progress));
  scanner.on('aiUnavailable', ({ message }) =>
    terminal.warn(printable(`ems: scores are without a second opinion: ${message}`)),
  );
  const keep = async (report: ScanReport): Promise<ScanReport> => {
    bar.stop();
    await journal?.add(report.signals.flatMap((signal) => signalEntry(signal) ?? []));
    return report;
  };
  const scan = async () => keep(await scanner.scan(options).finally(() => bar.stop()));
  return {
    source: flags.source,
    scan,
    async *watch({ every, on, pace }) {
      if (goesOn) {
        for await (const report of scanner.watch({ ...options, on })) yield await keep(report);
        return;
      }
      for (;;) {
        yield await scan();
        await sleep(pace, undefined, { signal });
        now = on === undefined ? now + every : candleOpen(now, on) + timeframeMs(on);
      }
    },
    plan: () => scanner.plan(options),
    async summary() {
      const reported = new Promise<ScanReport>((resolve) => scanner.on('report', resolve));
      const summary = await scanner.getMarketSummary(options).finally(() => bar.stop());
      return { summary, report: await reported };
    },
    analyze: (symbol) => scanner.analyze(symbol, { signal }).catch(withoutCandles),
    resolve,
    async [Symbol.asyncDispose]() {
      await scanner.close();
      await journal?.[Symbol.asyncDispose]();
    },
  };
}

interface OpenMarket {
  readonly provider: DataProvider;
  /** Whether market time goes on by itself. */
  readonly goesOn: boolean;
}

async function openMarket(
  { source, baseUrl, streams, at }: ScanFlags,
  { env, terminal: { warn } }: Pick<Context, 'env' | 'terminal'>,
  fleet: Fleet | undefined,
  isWatched: boolean,
): Promise<OpenMarket> {
  // Workers of a fleet ask for themselves.
  const follows = streams && fleet === undefined;
  const { provider, isLive } = await openSource(source, {
    ...{ baseUrl, env, warn, budget: fleet?.budget },
    ...{ streamHistory: follows, streamBooks: follows && isWatched },
  });
  const goesOn = isLive && at === undefined;
  if (!goesOn || !isWatched) return { provider, goesOn };
  const { cachedProvider } = await import('../providers/cached.js');
  return { provider: cachedProvider(provider, { live: follows }), goesOn };
}

/** Settings that trust only what the journal bears out; what is no longer trusted is said. */
function trusted(
  settings: ScannerConfigInput,
  { entries }: SignalJournal,
  terminal: Terminal,
): ScannerConfigInput {
  const { maxAiAdjustment } = parseScannerConfig(settings);
  const { config, notes } = trustedSettings(settings, trackRecord(entries), maxAiAdjustment);
  for (const note of notes) terminal.warn(`ems: ${note}`);
  return config;
}

function withoutCandles(error: unknown): undefined {
  if (!ScannerError.is(error) || error.code !== 'insufficient_data') throw error;
}
