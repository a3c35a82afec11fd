import { type Command, Option } from 'commander';
import type { BacktestFlags } from './backtest-flags.js';
import type { Context } from './context.js';
import { helpAfter } from './help.js';
import { readAmount, readDuration, readMoment, readSymbols, readWhole } from './values.js';

const EXAMPLES = [
  [
    'ems backtest --source files:candles --from 2024-02-01 --html report.html',
    'trade the signals of the past, and print what it came to',
  ],
  [
    'ems backtest --source files:candles --from 2024-02-01 --to 2024-05-01 --events events.ndjson',
    'every forecast of three months beside what then happened, a line each',
  ],
] as const;

const GROUP_PAST = 'Which past:';
const GROUP_TRADE = 'How it is traded:';
const GROUP_OUTPUT = 'Output:';

/** `ems backtest`: what the signals and forecasts of the past were worth. */
export function addBacktest(program: Command, context: Context): void {
  const command = program
    .command('backtest')
    .description(
      'Replay the past with the very scanner, and hold its signals and forecasts against what then happened.',
    )
    .addHelpText('after', helpAfter(EXAMPLES))
    .action(async (flags: BacktestFlags) => {
      if (flags.events === undefined) {
        const { tradeThePast } = await import('./backtest-trades.js');
        await tradeThePast(flags, context);
      } else {
        const { writeEvents } = await import('./backtest-events.js');
        await writeEvents({ ...flags, events: flags.events }, context);
      }
    });
  const add = (
    group: string,
    flags: string,
    meaning: string,
    read?: (text: string) => unknown,
    preset?: unknown,
  ) => {
    const option = new Option(flags, meaning).helpGroup(group);
    if (read !== undefined) option.argParser(read);
    if (preset !== undefined) option.default(preset);
    return command.addOption(option);
  };
  add(
    GROUP_PAST,
    '--source <source>',
    'synthetic[:SEED], an invented exchange; or files:DIR, candles',
    undefined,
    'synthetic',
  );
  add(
    GROUP_PAST,
    '--from <moment>',
    'decide from an ISO date (UTC) or epoch ms on; earlier candles warm up',
    readMoment('--from'),
  );
  add(GROUP_PAST, '--to <moment>', 'decide before this moment', readMoment('--to'));
  add(GROUP_PAST, '--symbols <list>', 'these symbols instead of all', readSymbols);
  add(
    GROUP_TRADE,
    '--config <file>',
    'JSON settings of the scanner; they win over the environment',
  );
  add(GROUP_PAST, '--card <file>', 'chances by a model card of ems calibrate');
  add(
    GROUP_TRADE,
    '--every <duration>',
    'time between decisions: 5m, 1h; each candle unless told',
    readDuration('--every'),
  );
  add(
    GROUP_TRADE,
    '--equity <amount>',
    'quote currency to begin with',
    readAmount('--equity'),
    10_000,
  );
  add(GROUP_TRADE, '--tradeable', 'trade only what is expected to pay its costs');
  add(
    GROUP_TRADE,
    '--seed <number>',
    'of the resampling behind the intervals',
    readWhole('--seed', 0),
    1,
  );
  add(
    GROUP_OUTPUT,
    '--trials <file>',
    'ledger of what was tried; luck is judged by its length',
    undefined,
    'ems-trials.ndjson',
  );
  add(GROUP_OUTPUT, '--html <file>', 'write the report as one self-contained page');
  add(GROUP_OUTPUT, '--json', 'the whole report as one JSON object');
  add(
    GROUP_OUTPUT,
    '--events <file>',
    'instead of trading, write every forecast and its outcome, one JSON object a line',
  );
}
