import type { Command } from 'commander';
import { scanLines } from '../report/text.js';
import type { Context } from './context.js';
import { addOutputFlags, addScanFlags, type OutputFlags, type ScanFlags } from './flags.js';
import { helpAfter } from './help.js';
import { jsonText, placesOf } from './json.js';
import { outcomeOf } from './outcome.js';
import { printLines } from './terminal.js';

const EXAMPLES = [
  ['ems scan', 'scan the invented exchange'],
  ['ems scan --source files:candles --at 2024-05-01 --timeframes 5m,1h', 'scan your own candles'],
  ['ems scan --equity 10000 --limit 3', 'the three best, with position sizes'],
  ["ems scan --json | jq '.signals[].symbol'", 'hand the report to another program'],
] as const;

/** `ems scan`: the ranked signals of one moment. */
export function addScan(program: Command, context: Context): void {
  const command = program
    .command('scan')
    .description('Scan the market once and print the best signals, each with its reasons.')
    .addHelpText('after', helpAfter(EXAMPLES))
    .action((flags: ScanFlags & OutputFlags) => scan(flags, context));
  addScanFlags(command);
  addOutputFlags(command, 'the whole report as one JSON object', 'one JSON object per symbol');
}

async function scan(flags: ScanFlags & OutputFlags, context: Context): Promise<void> {
  const { terminal } = context;
  const { openSession } = await import('./session.js');
  await using session = await openSession(flags, context);
  const report = await session.scan();
  if (flags.json) await terminal.print(`${jsonText(report, 2)}\n`);
  else if (flags.ndjson) {
    await printLines(
      terminal,
      placesOf(report).map((place) => jsonText(place)),
    );
  } else await printLines(terminal, scanLines(report, session.source, terminal));
  context.exitCode = outcomeOf(report, terminal);
}
