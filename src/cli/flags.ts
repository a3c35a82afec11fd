import { type Command, Option } from 'commander';
import type { Timeframe } from '../market/timeframe.js';
import {
  readAmount,
  readMoment,
  readShare,
  readSymbols,
  readTimeframes,
  readWhole,
} from './values.js';

/** What every command can be told. */
export interface ScanFlags {
  readonly source: string;
  readonly baseUrl?: string;
  readonly streams: boolean;
  readonly at?: number;
  readonly symbols?: readonly string[];
  readonly timeframes?: readonly Timeframe[];
  readonly limit?: number;
  readonly minVolume?: number;
  readonly minScore?: number;
  readonly equity?: number;
  readonly concurrency?: number;
  readonly config?: string;
  readonly fleet?: string;
  readonly address?: string;
  readonly journal?: string;
  readonly card?: string;
}

/** How the commands that can serve a program write. */
export interface OutputFlags {
  readonly json?: true;
  readonly ndjson?: true;
}

const GROUP_MARKET = 'What is scanned:';
const GROUP_SCAN = 'How it is judged:';
const GROUP_OUTPUT = 'Output:';

/** Has a flag that is there several times mean all of its texts, with commas between them. */
function inOneText(): (text: string) => string {
  const texts: string[] = [];
  return (text) => {
    texts.push(text);
    return texts.join(',');
  };
}

/** Adds the flags of {@link ScanFlags} to a command. */
export function addScanFlags(command: Command): Command {
  const add = (group: string, flags: string, meaning: string, read?: (text: string) => unknown) => {
    const option = new Option(flags, meaning).helpGroup(group);
    if (read !== undefined) option.argParser(read);
    return command.addOption(option);
  };
  command.addOption(
    new Option(
      '--source <source>',
      'synthetic[:SEED], an invented exchange; files:DIR[:swap], candles; ccxt:NAME[:swap], a real one; several, by a comma or a flag each',
    )
      .default('synthetic')
      .argParser(inOneText())
      .helpGroup(GROUP_MARKET),
  );
  add(
    GROUP_MARKET,
    '--base-url <url>',
    'where the requests of ccxt:NAME go, such as a proxy; of several, NAME=URL,NAME=URL',
  );
  add(GROUP_MARKET, '--no-streams', 'ask ccxt:NAME for everything instead of having it pushed');
  add(
    GROUP_MARKET,
    '--at <moment>',
    'as of an ISO date (UTC) or epoch ms; nothing later is read',
    readMoment('--at'),
  );
  add(
    GROUP_MARKET,
    '--symbols <list>',
    'these symbols instead of the filtered market',
    readSymbols,
  );
  add(GROUP_MARKET, '--timeframes <list>', 'such as 5m,15m,1h,4h', readTimeframes);
  add(
    GROUP_MARKET,
    '--min-volume <amount>',
    'least 24-hour volume in quote currency: 250k, 1.5m',
    readAmount('--min-volume'),
  );
  add(GROUP_SCAN, '--limit <count>', 'at most so many signals', readWhole('--limit', 1));
  add(
    GROUP_SCAN,
    '--min-score <score>',
    'least score of a signal, 0 to 1',
    readShare('--min-score'),
  );
  add(
    GROUP_SCAN,
    '--equity <amount>',
    'quote currency at hand; sizes positions',
    readAmount('--equity'),
  );
  add(
    GROUP_SCAN,
    '--concurrency <count>',
    'symbols worked on at once',
    readWhole('--concurrency', 1),
  );
  add(GROUP_SCAN, '--config <file>', 'JSON settings; flags win over it, it over the environment');
  add(
    GROUP_SCAN,
    '--fleet <url>',
    'scan in the workers of a Redis queue, such as redis://host:6379',
  );
  add(
    GROUP_SCAN,
    '--address <name>',
    'with --fleet: the address requests of this process leave by',
  );
  add(
    GROUP_SCAN,
    '--journal <file>',
    'keep every signal in a file, for ems grade, and trust only what it bears out',
  );
  add(GROUP_SCAN, '--card <file>', 'chances by a model card of ems calibrate');
  return command;
}

/** Adds `--json`, and `--ndjson` where the command has a line per symbol to give. */
export function addOutputFlags(command: Command, json: string, ndjson?: string): Command {
  const asJson = new Option('--json', json).helpGroup(GROUP_OUTPUT);
  if (ndjson === undefined) return command.addOption(asJson);
  return command
    .addOption(asJson.conflicts('ndjson'))
    .addOption(new Option('--ndjson', ndjson).helpGroup(GROUP_OUTPUT));
}
