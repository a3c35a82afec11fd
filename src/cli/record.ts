import type { Command } from 'commander';
import { scanLines } from '../report/text.js';
import type { Context } from './context.js';
import { addOutputFlags, addScanFlags, type OutputFlags, type ScanFlags } from './flags.js';
import { helpAfter } from './help.js';
import { jsonText } from './json.js';
import { outcomeOf } from './outcome.js';
import { printLines } from './terminal.js';

const EXAMPLES = [
  ['ems record monday.capsule', 'scan, and keep everything the scan learned'],
  ['ems replay monday.capsule', 'the same report again, without the exchange'],
] as const;

const SECRET_NAMES = /KEY|SECRET|PASSWORD|PASSPHRASE|TOKEN/i;

/** `ems record`: a scan, and a file that holds all it learned from outside. */
export function addRecord(program: Command, context: Context): void {
  const command = program
    .command('record')
    .argument('<file>', 'where to write the capsule')
    .description('Scan once and keep every answer, failure and clock read, to replay it later.')
    .addHelpText('after', helpAfter(EXAMPLES))
    .action((file: string, flags: ScanFlags & OutputFlags) => record(file, flags, context));
  addScanFlags(command);
  addOutputFlags(command, 'the whole report as one JSON object');
}

async function record(
  file: string,
  flags: ScanFlags & OutputFlags,
  context: Context,
): Promise<void> {
  const { terminal, env, signal } = context;
  const { recordScan } = await import('./record-scan.js');
  const { writeCapsule } = await import('./capsule-file.js');
  const secrets = Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && SECRET_NAMES.test(name) ? [value] : [],
  );
  const { report, capsule } = await recordScan(flags, { env, signal, secrets });
  await writeCapsule(file, capsule);
  if (flags.json) await terminal.print(`${jsonText(report, 2)}\n`);
  else await printLines(terminal, scanLines(report, flags.source, terminal));
  context.exitCode = outcomeOf(report, terminal);
}
