import { z } from 'zod';
import { ScannerError } from '../../errors.js';
import type { AiMode } from '../../scoring/signal.js';
import { ANALYST_TOOLS, type AnalysisDepth, CAPABILITIES, type Capability } from '../capability.js';
import type { PeerState } from './peer.js';
import type { ServerAddress } from './server-address.js';

/** How a second opinion is asked for over MCP. One of `serverUrl`, `command` and `servers` is needed. */
export interface McpScorerOptions extends ServerAddress {
  /** Several servers: each capability's answer is their median, of an even number the more cautious of the two in the middle. */
  readonly servers?: readonly ServerAddress[] | undefined;
  /** How many servers must answer a capability for it to count. @defaultValue more than half of them */
  readonly quorum?: number | undefined;
  /** What is asked. @defaultValue all six capabilities */
  readonly capabilities?: readonly Capability[] | undefined;
  /** The say of each capability beside the others. @defaultValue 1 each */
  readonly weights?: Readonly<Partial<Record<Capability, number>>> | undefined;
  /** Names of language models, told to the server as a wish. @defaultValue `[]` */
  readonly models?: readonly string[] | undefined;
  /** @defaultValue 'standard' */
  readonly analysisDepth?: AnalysisDepth | undefined;
  /** Whether a scan waits for answers; if not, it takes those of the scan before. @defaultValue true */
  readonly realTimeProcessing?: boolean | undefined;
  /** Longest time a review may take. @defaultValue 1500 */
  readonly deadlineMs?: number | undefined;
  /** What the answers may do to a score. @defaultValue 'bounded' */
  readonly mode?: AiMode | undefined;
  /** Sends symbols instead of aliases, which a server needs to look for news. @defaultValue false */
  readonly discloseSymbols?: boolean | undefined;
  /** Most bytes of one answer. @defaultValue 1 MiB */
  readonly maxBytes?: number | undefined;
  /** Longest time a connection may take; it goes on after a review's deadline. @defaultValue 5000 */
  readonly connectMs?: number | undefined;
  /** Hears of every change of a server's state. */
  readonly onState?:
    | ((change: { readonly server: number; readonly state: PeerState }) => void)
    | undefined;
}

/** Options after defaults. */
export interface ScorerTerms {
  readonly servers: readonly ServerAddress[];
  readonly quorum: number;
  readonly capabilities: readonly Capability[];
  readonly weights: Readonly<Partial<Record<Capability, number>>>;
  readonly models: readonly string[];
  readonly analysisDepth: AnalysisDepth;
  readonly realTimeProcessing: boolean;
  readonly deadlineMs: number;
  readonly mode: AiMode;
  readonly discloseSymbols: boolean;
  readonly maxBytes: number;
  readonly connectMs: number;
}

const addressSchema: z.ZodType<ServerAddress> = z.object({
  serverUrl: z.string().optional(),
  command: z.array(z.string().min(1)).optional(),
  token: z.string().optional(),
  protocol: z.enum(['auto', '2025', '2026']).optional(),
  toolMap: z.partialRecord(z.enum(ANALYST_TOOLS), z.string().min(1).max(128)).optional(),
});

const delayMs = z.number().min(1).max(2_147_483_647);

const termsSchema = z.object({
  servers: z.array(addressSchema).min(1),
  quorum: z.int().min(1).optional(),
  capabilities: z
    .array(z.enum(CAPABILITIES))
    .min(1)
    .default([...CAPABILITIES]),
  weights: z.partialRecord(z.enum(CAPABILITIES), z.number().gt(0)).default({}),
  models: z.array(z.string().min(1).max(80)).default([]),
  analysisDepth: z.enum(['basic', 'standard', 'advanced']).default('standard'),
  realTimeProcessing: z.boolean().default(true),
  deadlineMs: delayMs.default(1_500),
  mode: z.enum(['bounded', 'seed', 'shadow', 'off']).default('bounded'),
  discloseSymbols: z.boolean().default(false),
  maxBytes: z
    .int()
    .min(1_024)
    .default(1 << 20),
  connectMs: delayMs.default(5_000),
});

/** @throws ScannerError `config` naming every option that is wrong. */
export function scorerTerms(options: McpScorerOptions): ScorerTerms {
  const { serverUrl, command, token, protocol, toolMap } = options;
  const alone = { serverUrl, command, token, protocol, toolMap };
  const parsed = termsSchema.safeParse({ ...options, servers: options.servers ?? [alone] });
  if (!parsed.success) {
    const complaints = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
    throw new ScannerError('config', complaints.join('; '), { cause: parsed.error });
  }
  const { servers } = parsed.data;
  const quorum = parsed.data.quorum ?? Math.floor(servers.length / 2) + 1;
  if (quorum > servers.length) {
    const servings = `${servers.length} servers`;
    throw new ScannerError('config', `quorum must be at most the ${servings}, was ${quorum}`);
  }
  return { ...parsed.data, quorum };
}

/**
 * Where the environment says to ask: `MCP_SERVER_URL`, `MCP_SERVER_TOKEN`, `MCP_MODELS`, names between commas, and `MCP_TOOL_PREFIX`,
 * which a gateway puts before the names of tools. Pure; `undefined` without an address.
 *
 * @example
 * ```ts
 * import { mcpScorer, scorerOptionsFromEnv } from 'enhanced-market-scanner/mcp';
 *
 * const options = scorerOptionsFromEnv({ MCP_SERVER_URL: 'http://localhost:8811' });
 * const aiScorer = options && mcpScorer({ ...options, mode: 'shadow' });
 * ```
 */
export function scorerOptionsFromEnv(
  env: Readonly<Record<string, string | undefined>>,
): McpScorerOptions | undefined {
  const { MCP_SERVER_URL, MCP_MODELS = '', MCP_SERVER_TOKEN, MCP_TOOL_PREFIX } = env;
  const serverUrl = MCP_SERVER_URL?.trim();
  if (!serverUrl) return undefined;
  const models = MCP_MODELS.split(',').map((model) => model.trim());
  const token = MCP_SERVER_TOKEN?.trim();
  const prefix = MCP_TOOL_PREFIX?.trim();
  const prefixed = ANALYST_TOOLS.map((name) => [name, `${prefix}${name}`] as const);
  return {
    serverUrl,
    models: models.filter((model) => model !== ''),
    ...(token && { token }),
    ...(prefix && { toolMap: Object.fromEntries(prefixed) }),
  };
}
