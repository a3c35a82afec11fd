import type { Command } from 'commander';
import { universeLines } from '../report/funnel-text.js';
import type { Context } from './context.js';
import { addOutputFlags, addScanFlags, type OutputFlags, type ScanFlags } from './flags.js';
import { helpAfter } from './help.js';
import { jsonText } from './json.js';
import { outcomeOf } from './outcome.js';
import { printLines } from './terminal.js';

const EXAMPLES = [
  ['ems universe', 'the funnel, and every symbol that was left out'],
  ['ems universe --min-volume 5m', 'what a stricter filter would leave out'],
  ['ems universe --ndjson | jq \'select(.rule == "min-score")\'', 'the rejections of one rule'],
] as const;

/** `ems universe`: which rule left out which symbol, by how much. */
export function addUniverse(program: Command, context: Context): void {
  const command = program
    .command('universe')
    .description(
      'Show how the market narrows to the signals, and why each other symbol was left out.',
    )
    .addHelpText('after', helpAfter(EXAMPLES))
    .action((flags: ScanFlags & OutputFlags) => universe(flags, context));
  addScanFlags(command);
  addOutputFlags(command, 'funnel and rejections as one JSON object', 'one rejection per line');
}

async function universe(flags: ScanFlags & OutputFlags, context: Context): Promise<void> {
  const { terminal } = context;
  const { openSession } = await import('./session.js');
  await using session = await openSession(flags, context);
  const report = await session.scan();
  const { asOf, funnel, rejections } = report;
  if (flags.json) await terminal.print(`${jsonText({ asOf, funnel, rejections }, 2)}\n`);
  else if (flags.ndjson)
    await printLines(
      terminal,
      rejections.map((each) => jsonText(each)),
    );
  else await printLines(terminal, universeLines(report, session.source, terminal));
  context.exitCode = outcomeOf(report, terminal);
}
