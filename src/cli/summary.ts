import type { Command } from 'commander';
import { summaryLines } from '../report/text.js';
import type { Context } from './context.js';
import { addOutputFlags, addScanFlags, type OutputFlags, type ScanFlags } from './flags.js';
import { helpAfter } from './help.js';
import { jsonText } from './json.js';
import { outcomeOf } from './outcome.js';
import { printLines } from './terminal.js';

const EXAMPLES = [
  ['ems summary', 'sentiment, breadth, volatility and regime of the invented exchange'],
  ['ems summary --source files:candles --at 2024-05-01', 'the same of your own candles'],
  ['ems summary --json', 'for another program'],
] as const;

/** `ems summary`: the market as a whole. */
export function addSummary(program: Command, context: Context): void {
  const command = program
    .command('summary')
    .description('Describe the market as a whole: sentiment, breadth, volatility, regime.')
    .addHelpText('after', helpAfter(EXAMPLES))
    .action((flags: ScanFlags & OutputFlags) => summarize(flags, context));
  addScanFlags(command);
  addOutputFlags(command, 'the summary as one JSON object');
}

async function summarize(flags: ScanFlags & OutputFlags, context: Context): Promise<void> {
  const { terminal } = context;
  const { openSession } = await import('./session.js');
  await using session = await openSession(flags, context);
  const { summary, report } = await session.summary();
  if (flags.json) await terminal.print(`${jsonText(summary, 2)}\n`);
  else await printLines(terminal, summaryLines(summary, session.source, terminal));
  context.exitCode = outcomeOf(report, terminal);
}
