import type { Command } from 'commander';
import type { FleetStatus } from '../executors/fleet/fleet-status.js';
import type { Context } from './context.js';
import { EXIT, Refusal } from './exit-code.js';
import { fleetUrl } from './fleet-url.js';
import { helpAfter } from './help.js';
import { jsonText } from './json.js';
import { printLines } from './terminal.js';

const EXAMPLES = [
  ['ems fleet status --fleet redis://localhost:6379', 'workers, and what they have to do'],
  ['ems fleet status --fleet redis://localhost:6379 --json', 'for another program'],
] as const;

interface StatusFlags {
  readonly fleet?: string;
  readonly queue?: string;
  readonly json?: true;
}

/** `ems fleet status`: how a fleet stands. */
export function addFleet(program: Command, context: Context): void {
  program
    .command('fleet')
    .description('Look after a fleet of workers.')
    .command('status')
    .description('Show how many workers a queue has, and what they have to do.')
    .option('--fleet <url>', 'the Redis of the fleet; rediss:// is TLS (default: EMS_FLEET)')
    .option('--queue <name>', 'the queue of the fleet')
    .option('--json', 'the status as one JSON object')
    .addHelpText('after', helpAfter(EXAMPLES))
    .action((flags: StatusFlags) => status(flags, context));
}

async function status(
  { fleet, queue, json }: StatusFlags,
  { env, terminal }: Context,
): Promise<void> {
  const redis = fleetUrl(fleet, env);
  if (redis === undefined) {
    throw new Refusal(EXIT.usage, 'the URL of the fleet is taken from --fleet or EMS_FLEET');
  }
  const { fleetStatus } = await import('../executors/fleet/fleet-status.js');
  const found = await fleetStatus(redis, queue);
  if (json) await terminal.print(`${jsonText(found, 2)}\n`);
  else await printLines(terminal, statusLines(found));
}

function statusLines(status: FleetStatus): readonly string[] {
  const { queue, workers, waiting, active, completed, failed, warnings } = status;
  return [
    `queue      ${queue}`,
    `workers    ${workers}`,
    `waiting    ${waiting}`,
    `active     ${active}`,
    `completed  ${completed} in the last five minutes`,
    `failed     ${failed} in the last five minutes`,
    ...warnings.map((warning) => `warning: ${warning}`),
  ];
}
