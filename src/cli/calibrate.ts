import type { Command } from 'commander';
import type { CalibrateFlags } from './calibrate-flags.js';
import type { Context } from './context.js';
import { helpAfter } from './help.js';
import { readSymbols, readWhole } from './values.js';

const EXAMPLES = [
  [
    'ems calibrate --source files:2023 --source files:2024 --out card.json',
    'fit on two sets, each judged by a model of the other',
  ],
  [
    'ems backtest --source files:2025 --card card.json --events events.ndjson',
    'hold it against a third',
  ],
  ['ems scan --card card.json', 'scan with it'],
] as const;

const RESUMING = `
Each fitted horizon is kept beside --out, in a folder that ends in .part. After Ctrl-C or a crash the
same command goes on from there and ends with the same bytes.`;

/** `ems calibrate`: the numbers behind every chance, fitted on candles of one's own. */
export function addCalibrate(program: Command, context: Context): void {
  program
    .command('calibrate')
    .description('Fit the forecast on your own candles, and write it as a model card.')
    .requiredOption(
      '--source <source>',
      'files:DIR, candles of 5m or less; once for each exchange or year',
      (source: string, before: readonly string[] = []) => [...before, source],
    )
    .requiredOption('--out <file>', 'where the card goes; begun work is kept beside it')
    .option('--without <list>', 'symbols to leave out, such as redenominated ones', readSymbols)
    .option(
      '--decisions <count>',
      'decisions behind the two nonlinear fits',
      readWhole('--decisions', 100),
      4000,
    )
    .option('--json', 'print the card')
    .addHelpText('after', RESUMING)
    .addHelpText('after', helpAfter(EXAMPLES))
    .action(async (flags: CalibrateFlags) => {
      const { calibrate } = await import('./fit-card.js');
      await calibrate(flags, context);
    });
}
