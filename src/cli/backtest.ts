import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { DEFAULT_COSTS } from '../backtest/costs.js';
import type { BacktestFlags } from './backtest-flags.js';
import type { Context } from './context.js';
import { helpAfter } from './help.js';
import {
  readAmount,
  readDuration,
  readMoment,
  readSymbols,
  readTimeframe,
  readWhole,
} from './values.js';

const EXAMPLES = [
  [
    'ems backtest --source files:candles --from 2024-02-01 --html report.html',
    'trade the signals of the past, and print what it came to',
  ],
  [
    'ems backtest --source files:candles --walk-forward 30 --tradeable',
    'every 30 days with chances fitted on what came before, and only what they call worth its costs',
  ],
  [
    'ems backtest --source files:candles --from 2024-02-01 --to 2024-05-01 --events events.ndjson',
    'every forecast of three months beside what then happened, a line each',
  ],
] as const;

const RESUMING = `
What is finished is kept beside the ledger, or beside the file of --events, in a folder that ends in
.part. After Ctrl-C or a crash the same command goes on from there and ends with the same bytes;
with other settings, candles or another version nothing of it is used.`;

const GROUP_PAST = 'Which past:';
const GROUP_CHANCES = 'With which chances:';
const GROUP_TRADE = 'How it is traded:';
const GROUP_OUTPUT = 'Output:';

/** `ems backtest`: what the signals and forecasts of the past were worth. */
export function addBacktest(program: Command, context: Context): void {
  const command = program
    .command('backtest')
    .description(
      'Replay the past with the very scanner, and hold its signals and forecasts against what then happened.',
    )
    .addHelpText('after', RESUMING)
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
  for (const option of [
    ...pastOptions(),
    ...chanceOptions(),
    ...tradeOptions(),
    ...outputOptions(),
  ])
    command.addOption(option);
}

function pastOptions(): readonly Option[] {
  const grouped = optionsOf(GROUP_PAST);
  return [
    grouped(
      '--source <source>',
      'synthetic[:SEED], an invented exchange; or files:DIR, candles, files:DIR:swap of perpetuals',
    ).default('synthetic'),
    grouped(
      '--from <moment>',
      'decide from an ISO date (UTC) or epoch ms on; earlier candles warm up',
    ).argParser(readMoment('--from')),
    grouped('--to <moment>', 'decide before this moment').argParser(readMoment('--to')),
    grouped('--symbols <list>', 'these symbols instead of all').argParser(readSymbols),
    grouped(
      '--base <timeframe>',
      'fill and mark on these candles; the shortest there are unless told',
    ).argParser(readTimeframe('--base')),
    grouped(
      '--finer <source>',
      'files:DIR of shorter candles, which tell whether target or stop came first',
    ),
  ];
}

function chanceOptions(): readonly Option[] {
  const grouped = optionsOf(GROUP_CHANCES);
  return [
    grouped('--config <file>', 'JSON settings of the scanner; they win over the environment'),
    grouped('--card <file>', 'chances by a model card of ems calibrate').conflicts('walkForward'),
    grouped(
      '--walk-forward <days>',
      'fit a card every so many days, on what came before alone',
    ).argParser(readWhole('--walk-forward', 1)),
    grouped('--decisions <count>', 'decisions behind each of those fits')
      .argParser(readWhole('--decisions', 100))
      .default(1000),
  ];
}

function tradeOptions(): readonly Option[] {
  const grouped = optionsOf(GROUP_TRADE);
  const bps = (flag: string, meaning: string, preset?: number) => {
    const option = grouped(`${flag} <bps>`, meaning).argParser(readAmount(flag));
    return preset === undefined ? option : option.default(preset);
  };
  const { halfSpreadBps, slippageBps, fundingBps } = DEFAULT_COSTS;
  return [
    grouped(
      '--every <duration>',
      'time between decisions: 5m, 1h; each candle unless told',
    ).argParser(readDuration('--every')),
    grouped('--equity <amount>', 'quote currency to begin with')
      .argParser(readAmount('--equity'))
      .default(10_000),
    grouped('--tradeable', 'trade only what is expected to pay its costs'),
    grouped('--latency <candles>', 'fill so many candles after the next open')
      .argParser(readWhole('--latency', 0))
      .default(0),
    bps('--fees', "taker's fee a side; each market's own unless told"),
    bps('--half-spread', 'half of the spread, a side', halfSpreadBps),
    bps('--slippage', 'beyond the spread, a side', slippageBps),
    bps('--funding', 'of a perpetual, for eight hours', fundingBps),
    grouped('--seed <number>', 'of the resampling behind the intervals')
      .argParser(readWhole('--seed', 0))
      .default(1),
    grouped('--threads <count>', 'threads that replay')
      .argParser(readWhole('--threads', 1))
      .default(availableParallelism(), 'one for each processor'),
  ];
}

function outputOptions(): readonly Option[] {
  const grouped = optionsOf(GROUP_OUTPUT);
  return [
    grouped('--trials <file>', 'ledger of what was tried; luck is judged by its length').default(
      'ems-trials.ndjson',
    ),
    grouped('--trades <file>', 'write every trade, one JSON object a line'),
    grouped('--html <file>', 'write the report as one self-contained page'),
    grouped('--json', 'the whole report as one JSON object'),
    grouped(
      '--events <file>',
      'instead of trading, write every forecast and its outcome, one JSON object a line',
    ),
  ];
}

function optionsOf(group: string): (flags: string, meaning: string) => Option {
  return (flags, meaning) => new Option(flags, meaning).helpGroup(group);
}
