import { type Command, Option } from 'commander';
import type { BacktestFlags } from './backtest-flags.js';
import type { Context } from './context.js';
import { helpAfter } from './help.js';
import { readMoment, readSymbols } from './values.js';

const EXAMPLES = [
  [
    'ems backtest --source files:candles --from 2024-02-01 --to 2024-05-01 --events events.ndjson',
    'every forecast of three months beside what then happened, a line each',
  ],
] as const;

/** `ems backtest`: what the forecasts of the past were worth. */
export function addBacktest(program: Command, context: Context): void {
  program
    .command('backtest')
    .description('Replay the past and hold every forecast against what then happened.')
    .addOption(
      new Option(
        '--source <source>',
        'synthetic[:SEED], an invented exchange; or files:DIR, candles',
      ).default('synthetic'),
    )
    .option(
      '--from <moment>',
      'decide from an ISO date (UTC) or epoch ms on; earlier candles warm up',
      readMoment('--from'),
    )
    .option(
      '--to <moment>',
      'decide before this moment; outcomes are read beyond it',
      readMoment('--to'),
    )
    .option('--symbols <list>', 'these symbols instead of all', readSymbols)
    .requiredOption(
      '--events <file>',
      'write every forecast and its outcome, one JSON object a line',
    )
    .addHelpText('after', helpAfter(EXAMPLES))
    .action(async (flags: BacktestFlags) => {
      const { writeEvents } = await import('./backtest-events.js');
      await writeEvents(flags, context);
    });
}
