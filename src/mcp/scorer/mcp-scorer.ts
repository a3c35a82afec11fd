import { withDeadline } from '../../parallel/deadline.js';
import { systemTimers } from '../../parallel/system-timers.js';
import type { AiScorer } from '../../ports/ai-scorer.js';
import type { RequestOptions } from '../../ports/data-provider.js';
import { AnalystClient } from './analyst-client.js';
import { BackgroundReview } from './background-review.js';
import { Panel } from './panel.js';
import { Peer, type PeerState } from './peer.js';
import { type McpScorerOptions, scorerTerms } from './scorer-options.js';

/** A scorer that asks MCP servers. */
export interface McpScorer extends AiScorer {
  /** Where each server stands, in the order they were given. */
  health(): readonly PeerState[];
  reconnect(options?: RequestOptions): Promise<void>;
  close(): Promise<void>;
}

/**
 * A second opinion from one or more MCP servers with analyst tools, such as `ems analyst`.
 *
 * Questions are numbers and words of closed lists under aliases; answers are checked by our own schemas and move a score within
 * the scanner's bounds. Whatever a server does, a review ends by `deadlineMs`, and a server that fails too often is left alone for
 * a while.
 *
 * @throws ScannerError `config` for an option that is wrong.
 *
 * @example
 * ```ts
 * import { EnhancedMarketScanner } from 'enhanced-market-scanner';
 * import { mcpScorer } from 'enhanced-market-scanner/mcp';
 * import { syntheticProvider } from 'enhanced-market-scanner/providers';
 *
 * const scanner = new EnhancedMarketScanner({
 *   provider: syntheticProvider(),
 *   aiScorer: mcpScorer({ serverUrl: 'http://localhost:8812', mode: 'bounded' }),
 * });
 * ```
 */
export function mcpScorer(options: McpScorerOptions): McpScorer {
  const terms = scorerTerms(options);
  const { mode, maxBytes, connectMs, deadlineMs, realTimeProcessing } = terms;
  const peers = terms.servers.map((address, server) => {
    const onState = (state: PeerState): void => options.onState?.({ server, state });
    return new Peer(address, { maxBytes, connectMs, onState });
  });
  const clients = peers.map((peer) => new AnalystClient(peer, terms.capabilities));
  const panel = new Panel(clients, terms);
  const background = new BackgroundReview(panel);
  return {
    id: 'mcp',
    mode,
    async review(signals, request = {}) {
      if (mode === 'off' || signals.length === 0) return new Map();
      if (!realTimeProcessing) return background.review(signals, request);
      return panel.ask(signals, request, deadlineMs);
    },
    health: () => peers.map(({ state }) => state),
    async reconnect({ signal }: RequestOptions = {}) {
      const what = 'connecting to the analyst';
      await withDeadline((limit) => Promise.all(peers.map((peer) => peer.reconnect(limit))), {
        ...{ ms: connectMs, timers: systemTimers, what, signal },
      });
    },
    async close() {
      background.close();
      await Promise.all(peers.map((peer) => peer.close()));
    },
  };
}
