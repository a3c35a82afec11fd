import type { ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import {
  deserializeMessage,
  type JSONRPCMessage,
  SdkError,
  SdkErrorCode,
  serializeMessage,
  type Transport,
} from '@modelcontextprotocol/client';
import { getDefaultEnvironment } from '@modelcontextprotocol/client/stdio';
// @ts-expect-error It has no types of its own.
import crossSpawn from 'cross-spawn';
import { ScannerError } from '../../errors.js';
import { FloodGate } from './flood-gate.js';
import { tooLarge } from './watched-stream.js';

/** Node's, which starts programs of npm on Windows too. */
const start: typeof spawn = crossSpawn;

type Program = ChildProcessByStdio<Writable, Readable, null>;

/** How long a program may take to heed the end of its input, and then to heed being asked to end. */
const PATIENCE_MS = 1_000;
const LINE_FEED = 0x0a;
/** Whether a program can be given a group of processes of its own, of which all that it starts are. */
const HAS_GROUPS = process.platform !== 'win32';

/** What a program may do. */
export interface ProgramTerms {
  /** Most bytes of one message. */
  readonly maxBytes: number;
  /** Hears that the program said too much and was ended, and why. */
  readonly onFlood: (reason: ScannerError) => void;
}

/**
 * Speaks with a program over its stdin and stdout, a message a line.
 *
 * The SDK's own transport reads whatever is there in one turn of the event loop; this one reads a little in each, and kills a program
 * that floods it.
 */
export class ProgramTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  /** The SDK tells a program from an address by this name and that of {@link pid}. */
  readonly stderr: null = null;
  readonly #command: readonly string[];
  readonly #terms: ProgramTerms;
  #program: Program | undefined;
  #unfinished: Buffer = Buffer.alloc(0);

  /** @param command - A program and its arguments, started without a shell. */
  constructor(command: readonly string[], terms: ProgramTerms) {
    this.#command = command;
    this.#terms = terms;
  }

  get pid(): number | null {
    return this.#program?.pid ?? null;
  }

  async start(): Promise<void> {
    const [command, ...args] = this.#command;
    // HOME, PATH and the like alone: keys of exchanges stay here.
    const env = getDefaultEnvironment();
    const options = { env, windowsHide: true, detached: HAS_GROUPS };
    const program = start(command, args, { ...options, stdio: ['pipe', 'pipe', 'ignore'] });
    // One that could not be started may have neither stdin nor stdout.
    if (program.pid !== undefined) this.#program = program;
    await once(program, 'spawn');
    program.on('error', (error) => this.onerror?.(error));
    program.stdin.on('error', (error) => this.onerror?.(error));
    // What it had started has nobody to speak with any more.
    program.once('exit', () => signalAll(program, 'SIGKILL'));
    program.once('close', () => {
      this.#program = undefined;
      this.onclose?.();
    });
    this.#listen(program.stdout).catch((error: unknown) => {
      // Whoever closes has stopped listening, and gives the program time.
      if (!ScannerError.is(error)) return;
      this.kill();
      this.#terms.onFlood(error);
    });
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const stdin = this.#program?.stdin;
    if (stdin === undefined) throw new SdkError(SdkErrorCode.NotConnected, 'Not connected');
    await new Promise<void>((resolve, reject) => {
      stdin.write(serializeMessage(message), (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Asks the program to end, and ends it, and all that it has started, when it does not. */
  async close(): Promise<void> {
    const program = this.#program;
    if (program === undefined) return;
    const over = new Promise<boolean>((resolve) => program.once('close', () => resolve(true)));
    // What it still says is heard by nobody.
    program.stdout.destroy();
    program.stdin.end();
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      if (await Promise.race([over, delay(PATIENCE_MS, false, { ref: false })])) return;
      signalAll(program, signal);
    }
  }

  /** Ends the program at once. */
  kill(): void {
    if (this.#program === undefined) return;
    this.#program.stdout.destroy();
    signalAll(this.#program, 'SIGKILL');
  }

  async #listen(stdout: Readable): Promise<void> {
    const gate = new FloodGate('line', this.#terms.maxBytes);
    for await (const chunk of stdout as AsyncIterable<Buffer>) {
      for await (const piece of gate.through(chunk)) this.#read(piece);
    }
  }

  #read(piece: Uint8Array): void {
    const { maxBytes } = this.#terms;
    let text = Buffer.concat([this.#unfinished, piece]);
    for (let end = text.indexOf(LINE_FEED); end >= 0; end = text.indexOf(LINE_FEED)) {
      if (end > maxBytes) throw tooLarge(maxBytes);
      this.#hear(text.toString('utf8', 0, end));
      text = text.subarray(end + 1);
    }
    if (text.length > maxBytes) throw tooLarge(maxBytes);
    this.#unfinished = text;
  }

  #hear(line: string): void {
    try {
      this.onmessage?.(deserializeMessage(line));
    } catch (error) {
      // Some programs log to where they should only answer.
      if (error instanceof Error) this.onerror?.(error);
    }
  }
}

/** Signals a program and all that it has started: `npx` and shells pass no signal on. */
function signalAll(program: Program, signal: NodeJS.Signals): void {
  if (!HAS_GROUPS || program.pid === undefined) return void program.kill(signal);
  try {
    process.kill(-program.pid, signal);
  } catch {
    // They have all ended.
  }
}
