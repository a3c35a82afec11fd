import type { McpScorer } from '../mcp/scorer/mcp-scorer.js';

/** The scorer that `MCP_SERVER_URL` names, if it does; what speaks MCP is loaded only then. */
export async function secondOpinion(
  env: Readonly<Record<string, string | undefined>>,
): Promise<McpScorer | undefined> {
  const { MCP_SERVER_URL: url = '' } = env;
  if (url.trim() === '') return undefined;
  const { scorerOptionsFromEnv } = await import('../mcp/scorer/scorer-options.js');
  const { mcpScorer } = await import('../mcp/scorer/mcp-scorer.js');
  const options = scorerOptionsFromEnv(env);
  return options && mcpScorer(options);
}
