import { Command, CommanderError } from 'commander';
import { printable } from '../report/columns.js';
import { addAnalyst } from './analyst.js';
import { addBacktest } from './backtest.js';
import { addCalibrate } from './calibrate.js';
import type { Context } from './context.js';
import { addDiff } from './diff.js';
import { EXIT, type ExitCode, exitCodeOf } from './exit-code.js';
import { addExplain } from './explain.js';
import { addFleet } from './fleet.js';
import { addGrade } from './grade.js';
import { addHealth } from './health.js';
import { helpAfter } from './help.js';
import { addMcp } from './mcp.js';
import { addPlan } from './plan.js';
import { addRecord } from './record.js';
import { addReplay } from './replay.js';
import { addScan } from './scan.js';
import { withSecretFiles } from './secret-files.js';
import { addServe } from './serve.js';
import { addSummary } from './summary.js';
import { addUniverse } from './universe.js';
import { version } from './version.js';
import { addWatch } from './watch.js';
import { addWorker } from './worker.js';

const EXAMPLES = [
  ['ems scan', 'scan an invented exchange: no account, no network'],
  ['ems scan --source files:candles', 'scan a folder of files such as BTC-USDT-5m.csv.gz'],
  ['ems explain BTC/USDT', 'why one symbol is, or is not, a signal'],
] as const;

/** Runs the command line once. Writes to the terminal it is given and never throws. */
export async function run(
  args: readonly string[],
  given: Omit<Context, 'exitCode'>,
): Promise<ExitCode> {
  let context: Context = { ...given, exitCode: EXIT.complete };
  try {
    context = { ...context, env: withSecretFiles(given.env) };
    await program(context).parseAsync(args, { from: 'user' });
    return context.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.complete : EXIT.usage;
    if (given.signal.aborted) return EXIT.interrupted;
    given.terminal.warn(sentenceOf(error));
    return exitCodeOf(error);
  }
}

function program(context: Context): Command {
  const { terminal } = context;
  const root = new Command('ems')
    .description('Scans many markets in parallel, scores each, and explains every number.')
    .version(version())
    .addHelpText('after', helpAfter(EXAMPLES))
    .addHelpText('after', '\nArithmetic on the past, not advice.')
    .configureOutput({
      outputError: (text) =>
        terminal.warn(
          text
            .trim()
            .replace(/^error:/, 'ems:')
            .replace(/\n/g, ' '),
        ),
      getOutHelpWidth: () => Math.min(terminal.width, 100),
    })
    .exitOverride();
  addScan(root, context);
  addWatch(root, context);
  addExplain(root, context);
  addUniverse(root, context);
  addSummary(root, context);
  addPlan(root, context);
  addRecord(root, context);
  addReplay(root, context);
  addDiff(root, context);
  addAnalyst(root, context);
  addMcp(root, context);
  addBacktest(root, context);
  addServe(root, context);
  addHealth(root, context);
  addCalibrate(root, context);
  addGrade(root, context);
  addWorker(root, context);
  addFleet(root, context);
  return root;
}

/** One line for what a user can mend; the whole stack for a defect, which only we can. */
function sentenceOf(error: unknown): string {
  if (exitCodeOf(error) === EXIT.internal) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `ems: this is a defect, please report it: ${detail}`;
  }
  return printable(`ems: ${(error as Error).message}`);
}
