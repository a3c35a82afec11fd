import { type Command, Option } from 'commander';
import type { HttpOptions } from '../mcp/http.js';
import { EXIT, Refusal } from './exit-code.js';
import { readWhole } from './values.js';

/** How a server of the command line is reached over HTTP. */
export interface ServerFlags {
  readonly port?: number;
  readonly host?: string;
  readonly allowedHosts?: string;
}

/** The variable a token is read from: flags show in the list of processes, the environment does not. */
export const TOKEN_VARIABLE = 'EMS_MCP_TOKEN';

/** Adds the flags of {@link ServerFlags} to a command. */
export function addServerFlags(
  command: Command,
  defaultPort: number,
  tokenVariable: string = TOKEN_VARIABLE,
): Command {
  const group = 'Over HTTP:';
  return command
    .addOption(
      new Option('--port <port>', `port of the HTTP server (default: ${defaultPort})`)
        .argParser(readWhole('--port', 0))
        .helpGroup(group),
    )
    .addOption(
      new Option(
        '--host <address>',
        `address to listen on (default: 127.0.0.1); any other needs ${tokenVariable}`,
      ).helpGroup(group),
    )
    .addOption(
      new Option('--allowed-hosts <names>', 'other names callers may know it by').helpGroup(group),
    );
}

/** Where the flags say to listen. */
export function httpOptions(
  { port, host, allowedHosts }: ServerFlags,
  env: Readonly<Record<string, string | undefined>>,
  defaultPort: number,
  tokenVariable: string = TOKEN_VARIABLE,
): HttpOptions {
  if (port !== undefined && port > 65_535) {
    throw new Refusal(EXIT.usage, `--port takes at most 65535, was ${port}`);
  }
  return {
    port: port ?? defaultPort,
    host,
    token: env[tokenVariable],
    allowedHosts: allowedHosts?.split(',').map((name) => name.trim()),
  };
}

/** Waits until the user interrupts. */
export function interruption(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
}
