import type { Command } from 'commander';
import { planLines } from '../report/plan-text.js';
import type { Context } from './context.js';
import { addOutputFlags, addScanFlags, type OutputFlags, type ScanFlags } from './flags.js';
import { helpAfter } from './help.js';
import { jsonText } from './json.js';
import { printLines } from './terminal.js';

const EXAMPLES = [
  ['ems plan --source ccxt:bitget', 'what a scan of Bitget will cost'],
  ['ems plan --source ccxt:binanceusdm --timeframes 15m,1h', 'with two timeframes'],
  ['ems plan --source ccxt:bitget --symbols BTC/USDT:USDT --json', 'for another program'],
] as const;

/** `ems plan`: what a scan will cost at its exchange, before it runs. */
export function addPlan(program: Command, context: Context): void {
  const command = program
    .command('plan')
    .description('Show what a scan will cost: requests, share of the limits, time. Runs none.')
    .addHelpText('after', helpAfter(EXAMPLES))
    .action((flags: ScanFlags & OutputFlags) => plan(flags, context));
  addScanFlags(command);
  addOutputFlags(command, 'the plan as one JSON object');
}

async function plan(flags: ScanFlags & OutputFlags, context: Context): Promise<void> {
  const { terminal } = context;
  const { openSession } = await import('./session.js');
  await using session = await openSession(flags, context);
  const planned = await session.plan();
  if (flags.json) await terminal.print(`${jsonText(planned, 2)}\n`);
  else await printLines(terminal, planLines(planned, session.source, terminal));
}
