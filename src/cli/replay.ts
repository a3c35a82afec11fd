import type { Command } from 'commander';
import { scanLines } from '../report/text.js';
import type { Context } from './context.js';
import { addOutputFlags, type OutputFlags } from './flags.js';
import { helpAfter } from './help.js';
import { jsonText } from './json.js';
import { outcomeOf } from './outcome.js';
import { printLines } from './terminal.js';

const EXAMPLES = [
  ['ems replay monday.capsule', 'the report of the recorded scan'],
  ['ems diff monday.capsule tuesday.capsule', 'what moved which rank'],
] as const;

/** `ems replay`: the report of a recorded scan, made again. */
export function addReplay(program: Command, context: Context): void {
  const command = program
    .command('replay')
    .argument('<file>', 'a capsule that ems record wrote')
    .description('Make the report of a recorded scan again, without its source.')
    .addHelpText('after', helpAfter(EXAMPLES))
    .action((file: string, flags: OutputFlags) => replay(file, flags, context));
  addOutputFlags(command, 'the whole report as one JSON object');
}

async function replay(file: string, flags: OutputFlags, context: Context): Promise<void> {
  const { terminal, signal } = context;
  const { readCapsule, replayReport } = await import('./capsule-file.js');
  const report = await replayReport(await readCapsule(file), signal);
  if (flags.json) await terminal.print(`${jsonText(report, 2)}\n`);
  else await printLines(terminal, scanLines(report, file, terminal));
  context.exitCode = outcomeOf(report, terminal);
}
