import type { Command } from 'commander';
import { rejectionExplanation, signalExplanation } from '../report/explanation.js';
import type { Context } from './context.js';
import { EXIT } from './exit-code.js';
import { addOutputFlags, addScanFlags, type OutputFlags, type ScanFlags } from './flags.js';
import { helpAfter } from './help.js';
import { jsonText, placesOf } from './json.js';
import { printLines } from './terminal.js';

const EXAMPLES = [
  ['ems explain BTC/USDT', 'why it is a signal, or what it would need to become one'],
  ['ems explain btcusdt --at 2024-05-01T12:00Z', 'the same at another moment'],
  ['ems explain BTC/USDT --json', 'signal, rejection or failure as one JSON object'],
] as const;

/** `ems explain SYMBOL`: everything behind one symbol's place in the report. */
export function addExplain(program: Command, context: Context): void {
  const command = program
    .command('explain')
    .argument('<symbol>', 'such as BTC/USDT; btcusdt will do')
    .description('Explain one symbol in words: ledger, evidence per timeframe, levels, or why not.')
    .addHelpText('after', helpAfter(EXAMPLES))
    .action((symbol: string, flags: ScanFlags & OutputFlags) => explain(symbol, flags, context));
  addScanFlags(command);
  addOutputFlags(command, 'what is known of the symbol as one JSON object');
}

async function explain(
  typed: string,
  flags: ScanFlags & OutputFlags,
  context: Context,
): Promise<void> {
  const { terminal } = context;
  const { openSession } = await import('./session.js');
  await using session = await openSession(flags, context);
  const symbol = session.resolve(typed);
  // The whole market is scanned, because a symbol can lose its place to a better one.
  const place = placesOf(await session.scan()).find((each) => each.symbol === symbol);
  if (place === undefined) throw new Error(`the report has no place for ${symbol}`);
  if (place.kind === 'failure') terminal.warn(`ems: ${symbol} failed: ${place.error.message}`);
  if (flags.json) await terminal.print(`${jsonText(place, 2)}\n`);
  else if (place.kind !== 'failure') {
    const analysis = await session.analyze(symbol);
    const explanation =
      place.kind === 'signal'
        ? signalExplanation(place, analysis?.readings ?? new Map(), terminal)
        : rejectionExplanation(place, analysis, terminal);
    await printLines(terminal, explanation);
  }
  context.exitCode = place.kind === 'failure' ? EXIT.partial : EXIT.complete;
}
