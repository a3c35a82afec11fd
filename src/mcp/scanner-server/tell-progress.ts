import type { ServerContext } from '@modelcontextprotocol/server';
import type { EnhancedMarketScanner } from '../../scanner/enhanced-market-scanner.js';

/** Tells a caller who asked for it how far something is; numbers that do not grow are left out, as the protocol has it. */
export function progressTeller({ mcpReq }: ServerContext): (done: number, total: number) => void {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return () => undefined;
  let told = 0;
  return (done, total) => {
    if (done <= told) return;
    told = done;
    const params = { progressToken, progress: done, total };
    mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  };
}

/** Tells a caller how many symbols are done while `work` scans. */
export async function withProgress<T>(
  scanner: EnhancedMarketScanner,
  context: ServerContext,
  work: () => Promise<T>,
): Promise<T> {
  const tell = progressTeller(context);
  const stop = scanner.on('progress', ({ done, total }) => tell(done, total));
  try {
    return await work();
  } finally {
    stop();
  }
}
