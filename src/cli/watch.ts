import { type Command, Option } from 'commander';
import { TIMEFRAMES } from '../market/timeframe.js';
import { changeLines } from '../report/changes.js';
import { scanLines } from '../report/text.js';
import { signalChanges, type ToldSignals } from '../scanner/signal-changes.js';
import type { Context } from './context.js';
import { EXIT } from './exit-code.js';
import { addOutputFlags, addScanFlags, type OutputFlags, type ScanFlags } from './flags.js';
import { helpAfter } from './help.js';
import { jsonText } from './json.js';
import { outcomeOf } from './outcome.js';
import type { Rhythm } from './session.js';
import { printLines } from './terminal.js';
import { readDuration, readWhole } from './values.js';

const EXAMPLES = [
  ['ems watch', 'a report every five minutes of market time, one a second, until Ctrl-C'],
  ['ems watch --every 1h --count 24 --pace 0', 'a day, hour by hour, without waiting'],
  ['ems watch --source ccxt:bitget --on 1m', 'a real exchange, over its streams'],
  ["ems watch --json | jq '.signals[0].symbol'", 'one report per line for another program'],
] as const;

interface WatchFlags extends ScanFlags, OutputFlags, Rhythm {
  readonly count?: number;
}

/** `ems watch`: a report per interval of market time. */
export function addWatch(program: Command, context: Context): void {
  const command = program
    .command('watch')
    .description(
      'Scan again and again as market time goes on: first the whole report, then what changed.',
    )
    .addOption(duration('--every', 'market time between reports', 300_000, '5m'))
    .addOption(
      new Option('--on <timeframe>', 'a report whenever a candle of it closes, such as 1m')
        .choices(TIMEFRAMES)
        .conflicts('every'),
    )
    .addOption(
      duration('--pace', 'your time between reports, where market time stands still', 1_000, '1s'),
    )
    .option('--count <count>', 'end after so many reports', readWhole('--count', 1))
    .addHelpText('after', helpAfter(EXAMPLES))
    .action((flags: WatchFlags) => untilInterrupted(watch(flags, context), context));
  addScanFlags(command);
  addOutputFlags(command, 'each report as one JSON object on one line');
}

function duration(flag: string, meaning: string, defaultMs: number, shown: string): Option {
  return new Option(`${flag} <duration>`, meaning)
    .argParser(readDuration(flag))
    .default(defaultMs, shown);
}

async function watch(flags: WatchFlags, context: Context): Promise<void> {
  const { terminal } = context;
  const { openSession } = await import('./session.js');
  await using session = await openSession(flags, context, flags);
  const { count = Number.POSITIVE_INFINITY } = flags;
  let told: ToldSignals | undefined;
  let reports = 0;
  for await (const report of session.watch(flags)) {
    const news = signalChanges(told ?? new Map(), report);
    if (flags.json) await terminal.print(`${jsonText(report)}\n`);
    else {
      const lines =
        told === undefined
          ? scanLines(report, session.source, terminal)
          : changeLines(report, news.changes, terminal);
      await printLines(terminal, lines);
    }
    const outcome = outcomeOf(report, terminal);
    if (outcome !== EXIT.complete) context.exitCode = outcome;
    told = news.told;
    if (++reports === count) break;
  }
}

/** Ctrl-C is how a watch ends, so it is complete however its last report was cut short. */
async function untilInterrupted(watching: Promise<void>, { signal }: Context): Promise<void> {
  await watching.catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
