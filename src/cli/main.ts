#!/usr/bin/env node
import { run } from './run.js';
import { processTerminal } from './terminal.js';

// A reader that has seen enough, such as `head`, closes the pipe; there is nobody left to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());
process.once('SIGTERM', () => interrupt.abort());

process.exitCode = await run(process.argv.slice(2), {
  terminal: processTerminal(),
  signal: interrupt.signal,
  env: process.env,
});
// Who interrupts does not wait for an exchange's answer, or for a connection that has not heard that it is closed.
if (interrupt.signal.aborted) process.exit();
