import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import type { Context } from './context.js';
import { EXIT, Refusal } from './exit-code.js';
import { readHeartbeat } from './heartbeat.js';
import { helpAfter } from './help.js';
import { printLines } from './terminal.js';
import { readDuration } from './values.js';

const EXAMPLES = [
  ['ems health', 'whether the service on this machine has scanned lately'],
  ['ems health --heartbeat /tmp/worker --max-age 3m', 'whether a worker has'],
] as const;

const ANSWER_MS = 5_000;
const PORT = 8011;

interface HealthFlags {
  readonly url?: string;
  readonly heartbeat?: string;
  readonly maxAge: number;
}

/** `ems health`: whether a service or a worker does its work, for the health checks of containers. */
export function addHealth(program: Command, context: Context): void {
  program
    .command('health')
    .description('Tell by the exit code whether a service, or a worker, has scanned lately.')
    .option('--url <url>', 'address of the service (default: http://127.0.0.1:8011)')
    .addOption(
      new Option('--heartbeat <file>', 'what a worker writes with --heartbeat').conflicts('url'),
    )
    .addOption(
      new Option('--max-age <duration>', 'how old the last batch of the worker may be')
        .argParser(readDuration('--max-age'))
        .default(180_000, '3m'),
    )
    .addHelpText('after', helpAfter(EXAMPLES))
    .action((flags: HealthFlags) => health(flags, context));
}

async function health(
  { heartbeat, maxAge, url }: HealthFlags,
  { env, terminal }: Context,
): Promise<void> {
  const verdict =
    heartbeat === undefined
      ? await askService(url ?? `http://127.0.0.1:${env['ENHANCED_SCANNER_PORT']?.trim() || PORT}`)
      : readHeartbeat(await readFile(heartbeat, 'utf8').catch(() => ''), Date.now(), maxAge);
  if (!verdict.isGood) throw new Refusal(EXIT.noSource, verdict.message);
  await printLines(terminal, [verdict.message]);
}

async function askService(
  url: string,
): Promise<{ readonly isGood: boolean; readonly message: string }> {
  try {
    const answer = await fetch(new URL('/ready', url), { signal: AbortSignal.timeout(ANSWER_MS) });
    const message = `${answer.ok ? 'ready' : 'not ready'}: ${await answer.text()}`;
    return { isGood: answer.ok, message };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { isGood: false, message: `the service does not answer: ${why}` };
  }
}
