import type { Command } from 'commander';
import { scoreChangeLines } from '../report/score-change-text.js';
import { scoreChanges } from '../scanner/score-changes.js';
import type { Context } from './context.js';
import { addOutputFlags, type OutputFlags } from './flags.js';
import { helpAfter } from './help.js';
import { jsonText } from './json.js';
import { printLines } from './terminal.js';

const EXAMPLES = [
  ['ems diff monday.capsule tuesday.capsule', 'what moved which rank from one scan to the next'],
] as const;

/** `ems diff`: which factor moved which rank between two recorded scans. */
export function addDiff(program: Command, context: Context): void {
  const command = program
    .command('diff')
    .argument('<before>', 'a capsule that ems record wrote')
    .argument('<after>', 'another one')
    .description('Say which factor moved which rank between two recorded scans.')
    .addHelpText('after', helpAfter(EXAMPLES))
    .action((before: string, after: string, flags: OutputFlags) =>
      diff([before, after], flags, context),
    );
  addOutputFlags(command, 'the changes as one JSON list');
}

async function diff(
  files: readonly [before: string, after: string],
  flags: OutputFlags,
  { terminal, signal }: Context,
): Promise<void> {
  const { readCapsule, replayReport } = await import('./capsule-file.js');
  const [before, after] = await Promise.all(
    files.map(async (file) => replayReport(await readCapsule(file), signal)),
  );
  const changes = scoreChanges(before, after);
  if (flags.json) await terminal.print(`${jsonText(changes, 2)}\n`);
  else await printLines(terminal, scoreChangeLines(changes));
}
