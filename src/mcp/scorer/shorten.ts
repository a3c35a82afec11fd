import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client';

/** The most tools of one page that are looked at. */
const MOST_TOOLS = 500;
/** The most revisions of the protocol that a server may speak. */
const MOST_VERSIONS = 50;

/** What is taken over as it is: of these, our own schema reads the answer, and the rest is no more than a word. */
const KEPT = [
  ...['structuredContent', 'isError', 'resultType', 'protocolVersion'],
  ...['nextCursor', 'ttlMs', 'cacheScope'],
];

type Fields = Readonly<Record<string, unknown>>;

/**
 * Has whoever listens to a transport hear of a result as much as is needed: the client takes up to a second to complain of thousands of
 * things that are none, be they blocks or tools, the icons or the audience of one, or wishes that nobody here can grant.
 */
export function shortenResults(transport: Transport): void {
  let listener: Transport['onmessage'];
  // While the client looks for a revision in common it puts a listener of its own in the place of any other.
  Object.defineProperty(transport, 'onmessage', {
    get: () => listener,
    set(hear: Transport['onmessage']) {
      listener = hear && ((message, extra) => hear(shortened(message), extra));
    },
  });
}

function shortened(message: JSONRPCMessage): JSONRPCMessage {
  if (!('result' in message)) return message;
  const { result } = message;
  const { content, tools, supportedVersions, serverInfo, capabilities } = result;
  const kept = KEPT.filter((key) => result[key] !== undefined).map((key) => [key, result[key]]);
  return {
    ...message,
    result: {
      ...Object.fromEntries(kept),
      ...(Array.isArray(content) && { content: firstText(content) }),
      ...(Array.isArray(tools) && { tools: toolsOf(tools) }),
      ...(Array.isArray(supportedVersions) && {
        supportedVersions: supportedVersions.slice(0, MOST_VERSIONS),
      }),
      ...(isFields(serverInfo) && {
        serverInfo: { name: serverInfo['name'], version: serverInfo['version'] },
      }),
      ...(isFields(capabilities) && { capabilities: toolsAlone(capabilities) }),
    },
  };
}

/** Nobody reads beyond the first block of an answer, or one that is no text. */
function firstText([block]: readonly unknown[]): readonly Fields[] {
  if (!isFields(block) || block['type'] !== 'text') return [];
  return [{ type: 'text', text: block['text'] }];
}

function toolsOf(tools: readonly unknown[]): readonly Fields[] {
  return tools
    .slice(0, MOST_TOOLS)
    .filter(isFields)
    .map(({ name, inputSchema, outputSchema }) => ({
      ...{ name, inputSchema: schemaOf(inputSchema) },
      ...(outputSchema !== undefined && { outputSchema: schemaOf(outputSchema) }),
    }));
}

function schemaOf(schema: unknown): unknown {
  if (!isFields(schema) || !Array.isArray(schema['required'])) return schema;
  return { ...schema, required: schema['required'].filter((name) => typeof name === 'string') };
}

function toolsAlone({ tools }: Fields): Fields {
  return isFields(tools) ? { tools: { listChanged: tools['listChanged'] } } : {};
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
