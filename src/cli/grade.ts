import type { Command } from 'commander';
import type { Context } from './context.js';
import type { GradeFlags } from './grade-flags.js';
import { helpAfter } from './help.js';
import { readMoment } from './values.js';

const EXAMPLES = [
  ['ems watch --source ccxt:bitget --journal signals.ndjson', 'keep every signal'],
  ['ems grade --journal signals.ndjson --source ccxt:bitget', 'what became of them'],
] as const;

/** `ems grade`: what became of the signals of a journal, and what that says of the next ones. */
export function addGrade(program: Command, context: Context): void {
  program
    .command('grade')
    .description(
      'Find out what became of the signals in a journal, and what its chances were worth.',
    )
    .requiredOption('--journal <file>', 'signals that ems scan or ems watch has kept')
    .option(
      '--source <source>',
      'files:DIR[:swap], candles; ccxt:NAME[:swap], an exchange; synthetic',
      'synthetic',
    )
    .option('--base-url <url>', 'where the requests of ccxt:NAME go, such as a proxy')
    .option('--at <moment>', 'nothing later is read', readMoment('--at'))
    .option('--json', 'the track record as one JSON object')
    .addHelpText('after', helpAfter(EXAMPLES))
    .action(async (flags: GradeFlags) => {
      const { gradeJournal } = await import('./grade-journal.js');
      await gradeJournal(flags, context);
    });
}
