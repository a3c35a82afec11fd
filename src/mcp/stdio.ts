import type { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';

/** Serves MCP to the process at the other end of stdin and stdout, until that end closes or the signal aborts. */
export async function serveOverStdio(build: () => McpServer, signal?: AbortSignal): Promise<void> {
  const handle = serveStdio(build);
  await new Promise<void>((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
    process.stdin.once('close', resolve).once('end', resolve);
  });
  await handle.close();
}
